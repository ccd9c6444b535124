package org.assay.common.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class LocalRowsTest {
  private final SparkSession spark;

  LocalRowsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> numbers(long rows) {
    return numbers(spark, rows);
  }

  private static Dataset<Row> numbers(SparkSession spark, long rows) {
    List<Row> numbers = LongStream.range(0, rows).mapToObj(RowFactory::create).toList();
    return LocalRows.of(spark, numbers, StructType.fromDDL("number BIGINT"));
  }

  @Test
  void rowsKeepTheirOrderAndNoTaskBringsTooMany() {
    long most = LocalRows.MOST_IN_ONE_PARTITION;

    assertThat(numbers(most).rdd().getNumPartitions()).isOne();
    Dataset<Row> more = numbers(2 * most + 1);

    assertThat(more.rdd().getNumPartitions()).isEqualTo(3);
    assertThat(more.collectAsList().stream().map(row -> row.getLong(0)))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 2 * most).boxed().toList());
  }

  /** What a session may have to know is, for one, how to reach the storage of the tables. */
  @Test
  void theSessionOfFewRowsKnowsWhatTheirSessionIsTold() {
    SparkSession cluster = spark.newSession();
    cluster.conf().set("spark.sql.adaptive.enabled", "true");
    cluster.conf().set("fs.storage.account.key", "first");
    cluster.sessionState().conf().setConfString("spark.driver.host", "of the application");
    SparkSession few = numbers(cluster, 2).sparkSession();

    assertThat(few.conf().get("fs.storage.account.key")).isEqualTo("first");
    assertThat(few.conf().get("spark.sql.adaptive.enabled")).isEqualTo("false");
    assertThat(cluster.conf().get("spark.sql.adaptive.enabled")).isEqualTo("true");

    cluster.conf().set("fs.storage.account.key", "second");
    assertThat(numbers(cluster, 2).sparkSession()).isSameAs(few);
    assertThat(few.conf().get("fs.storage.account.key")).isEqualTo("second");
  }
}
