package org.assay.silver.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.privacy.DataClass;
import org.assay.expectations.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class ConversionTest {
  private final SparkSession spark;

  ConversionTest(SparkSession spark) {
    this.spark = spark;
  }

  private List<Object> converted(ColumnType type, String format, String... texts) {
    DeclaredColumn column =
        new DeclaredColumn(
            "value",
            "text",
            type,
            Optional.ofNullable(format),
            Map.of(),
            DataClass.NONE,
            Optional.empty());
    return spark
        .createDataset(Arrays.asList(texts), Encoders.STRING())
        .toDF("text")
        .coalesce(1)
        .select(Conversion.convert(col("text"), column))
        .collectAsList()
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void wholeNumbersAreWhole() {
    assertThat(converted(ColumnType.BIGINT, null, "3", " -12 ", "+7", "0042"))
        .containsExactly(3L, -12L, 7L, 42L);
    assertThat(
            converted(
                ColumnType.BIGINT,
                null,
                "3.7",
                "3.0",
                "1e3",
                "1,000",
                "x",
                "",
                "0x1F",
                "٣",
                "9223372036854775808"))
        .containsOnlyNulls();
  }

  @Test
  void aNumberTooLargeForItsTypeIsNotConverted() {
    assertThat(converted(ColumnType.INT, null, "2147483647", "2147483648"))
        .containsExactly(2147483647, null);
  }

  @Test
  void decimalNumbersAreFiniteAndPlain() {
    assertThat(converted(ColumnType.DOUBLE, null, "1.5", "-.5", "3.", "2e-3"))
        .containsExactly(1.5, -0.5, 3.0, 0.002);
    assertThat(converted(ColumnType.DOUBLE, null, "NaN", "Infinity", "1e999", "1.5d", "1,5", ""))
        .containsOnlyNulls();
  }

  @Test
  void datesAreRealDaysInOneFormat() {
    assertThat(converted(ColumnType.DATE, null, "2026-03-31", "2024-02-29"))
        .containsExactly(LocalDate.of(2026, 3, 31), LocalDate.of(2024, 2, 29));
    assertThat(
            converted(
                ColumnType.DATE,
                null,
                "2026-3-1",
                "2026-02-30",
                "31/03/2026",
                "2026-03-31T00:00",
                "soon"))
        .containsOnlyNulls();
    assertThat(converted(ColumnType.DATE, "dd/MM/yyyy", "31/03/2026", "2026-03-31", "31/02/2026"))
        .containsExactly(LocalDate.of(2026, 3, 31), null, null);
  }

  @Test
  void truthIsTrueOrFalse() {
    assertThat(converted(ColumnType.BOOLEAN, null, "true", "FALSE", "yes", "1"))
        .containsExactly(true, false, null, null);
  }

  @Test
  void aTextIsKeptAsItIs() {
    assertThat(converted(ColumnType.STRING, null, " x ", "")).containsExactly(" x ", "");
  }
}
