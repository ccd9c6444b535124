package org.assay.silver.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.silver.SilverConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class ConformTest {
  private static final int CODES = 60;
  private static final Duration AMPLE = Duration.ofMinutes(2);

  private final SparkSession spark;
  @TempDir private Path folder;

  /** Tests evaluate without looking for common parts; what is claimed here is about the looking. */
  ConformTest(SparkSession spark) {
    this.spark = spark.newSession();
  }

  @Test
  void aLongListOfCodesIsPlannedAtOnce() {
    List<Object> recoded =
        assertTimeoutPreemptively(AMPLE, () -> recoded("c01", "c60", "other", "", null));

    assertThat(spark.conf().get("spark.sql.subexpressionElimination.enabled")).isEqualTo("true");
    assertThat(recoded).containsExactly("group 1", "group 60", "other", null, null);
  }

  private List<Object> recoded(String... texts) {
    String recode =
        IntStream.rangeClosed(1, CODES)
            .mapToObj("c%1$02d = \"group %1$d\""::formatted)
            .collect(Collectors.joining(", "));
    ExtractRules rules =
        SilverConf.read(
                folder,
                """
                assay {
                  null_tokens = [""]
                  extracts.people { load = full, columns = [ { name = code, recode { %s } } ] }
                }
                """
                    .formatted(recode))
            .extract("people");
    return Conform.rows(
            spark.createDataset(Arrays.asList(texts), Encoders.STRING()).toDF("code").coalesce(1),
            rules,
            List.of())
        .collectAsList()
        .stream()
        .map(row -> row.get(0))
        .toList();
  }
}
