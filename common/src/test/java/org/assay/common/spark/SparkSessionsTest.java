package org.assay.common.spark;

import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class SparkSessionsTest {
  private final SparkSession hostile;

  /** A session of its own, on the shared context, as a cluster might have it. */
  SparkSessionsTest(SparkSession spark) {
    hostile = spark.newSession();
    Map.of(
            "spark.sql.ansi.enabled", "true",
            "spark.sql.legacy.timeParserPolicy", "LEGACY",
            "spark.sql.session.timeZone", "America/New_York",
            "spark.sql.datetime.java8API.enabled", "false",
            "spark.sql.caseSensitive", "true",
            "spark.sql.parser.escapedStringLiterals", "true")
        .forEach((key, value) -> hostile.conf().set(key, value));
  }

  @Test
  void aClustersOwnSettingsChangeNoResult() {
    SparkSessions.pin(hostile);

    assertThat(
            hostile
                .sql(
                    """
                    SELECT CAST('x' AS INT), to_date('31/02/2026', 'dd/MM/yyyy'), to_date('2020-1-1', 'yyyy-MM-dd'),
                           CAST(TIMESTAMP '2026-03-31 23:30:00Z' AS DATE), 'A' RLIKE '^\\\\w$' AS lower, 1 / 0, LOWER
                    FROM VALUES ('a') AS t(lower)
                    """)
                .first()
                .mkString(","))
        .isEqualTo("null,null,null,2026-03-31,true,null,a");
  }

  /** In one row group of 128 MB all these rows would be read by one task. */
  @Test
  void severalTasksReadOneFile(@TempDir Path folder) {
    String file = folder.resolve("people").toString();
    hostile
        .range(400_000)
        .selectExpr("sha2(CAST(id AS STRING), 256)")
        .coalesce(1)
        .write()
        .parquet(file);

    assertThat(hostile.read().parquet(file).groupBy(spark_partition_id()).count().count())
        .isGreaterThan(1);
  }
}
