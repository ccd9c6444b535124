package org.assay.common.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
}
