package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;
import org.assay.common.fixture.SharedSpark;
import org.assay.silver.conform.ExtractRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class RawRowsTest {
  private final SparkSession spark;
  @TempDir private Path folder;

  RawRowsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Board was a number at first, and nothing declared it until both deliveries were in bronze. */
  @Test
  void aValueThatOnlyRescuedHasMakesTheRowMalformedOnceItsColumnIsDeclared() {
    ExtractRules rules =
        SilverConf.read(
                folder,
                """
                assay.extracts.people {
                  load = full
                  columns = [ { name = id }, { name = board, from = Board } ]
                }
                """)
            .extract("people");
    Dataset<Row> bronze =
        spark.sql(
            """
            SELECT * FROM VALUES
              ('1', 7, NULL, NULL), ('2', NULL, '{"Board":"A12","x":"y"}', NULL),
              ('3', NULL, '{"x":"y"}', NULL), ('4', NULL, '{"Board":"A1"}', 'it broke off')
              AS (id, Board, _rescued, _malformed)""");

    assertThat(malformed(bronze, "STRING", rules))
        .containsExactly("1", "2 Board is not int, which it was", "3", "4 it broke off");
    assertThat(malformed(bronze, "INT", rules)).containsExactly("1", "2", "3", "4 it broke off");
  }

  private static List<String> malformed(Dataset<Row> bronze, String type, ExtractRules rules) {
    List<SourceColumn> columns =
        List.of(new SourceColumn("id", "STRING"), new SourceColumn("Board", type));
    Delivery delivery =
        new Delivery(
            "d",
            "people",
            LocalDate.parse("2026-03-31"),
            Load.FULL,
            0,
            "",
            new SourceFile("/landing/people.parquet", 1, Instant.EPOCH),
            "sha",
            Delivery.Terms.NONE,
            new Delivery.Receipt(4, 1, columns, 1, Instant.EPOCH, "run"),
            State.COMPLETE,
            "");
    return RawRows.of(bronze, Shipment.of(List.of(delivery)).get(0), rules)
        .orderBy("id")
        .selectExpr("concat_ws(' ', id, _malformed)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
