package org.assay.common.privacy;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ExtendedMode$;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class PseudonymsTest {
  private static final byte[] SECRET =
      "correct horse battery staple, and then some more".getBytes(StandardCharsets.UTF_8);

  private final PseudonymKey key = new PseudonymKey(SECRET);
  private final Dataset<Row> pseudonyms;

  PseudonymsTest(SparkSession spark) {
    pseudonyms =
        spark
            .createDataset(Arrays.asList("9434765919", null), Encoders.STRING())
            .toDF("patient")
            .select(new Pseudonyms(key).of(col("patient"), "nhs_number"));
  }

  @Test
  void aColumnOfTextsBecomesItsPseudonyms() {
    assertThat(pseudonyms.collectAsList())
        .extracting(row -> row.get(0))
        .containsExactly(key.pseudonym("nhs_number", "9434765919"), null);
  }

  @Test
  void theKeyIsInNoPlan() {
    String plans =
        pseudonyms.queryExecution().toString()
            + pseudonyms.queryExecution().explainString(ExtendedMode$.MODULE$)
            + pseudonyms.queryExecution().analyzed().toJSON();

    assertThat(plans)
        .contains("pseudonym(")
        .doesNotContain(new String(SECRET, StandardCharsets.UTF_8))
        .doesNotContain("correct horse")
        .doesNotContain(HexFormat.of().formatHex(SECRET));
  }
}
