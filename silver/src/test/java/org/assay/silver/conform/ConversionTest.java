package org.assay.silver.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.privacy.DataClass;
import org.assay.expectations.ColumnType;
import org.assay.silver.conform.Pseudonymise.Normalise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class ConversionTest {
  private final SparkSession spark;

  ConversionTest(SparkSession spark) {
    this.spark = spark;
  }

  private static DeclaredColumn column(
      ColumnType type, String format, Optional<Pseudonymise> pseudonymise) {
    return new DeclaredColumn(
        "value",
        "text",
        type,
        Optional.ofNullable(format),
        Map.of(),
        pseudonymise.isPresent() ? DataClass.IDENTIFIER : DataClass.NONE,
        pseudonymise);
  }

  private List<Object> converted(ColumnType type, String format, String... texts) {
    return converted(column(type, format, Optional.empty()), texts);
  }

  private List<Object> converted(DeclaredColumn column, String... texts) {
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
  void noDateIsBeforeChrist() {
    assertThat(converted(ColumnType.DATE, "dd/MM/yyyy", "31/03/-2026", "-1/03/2026"))
        .containsOnlyNulls();
    assertThat(converted(ColumnType.DATE, "dd-MM-yyyy", "31-03--2026")).containsOnlyNulls();
    assertThat(converted(ColumnType.DATE, null, "-2026-03-31")).containsOnlyNulls();
    assertThat(converted(ColumnType.DATE, "dd-MMM-yyyy", "31-Mar-2026"))
        .containsExactly(LocalDate.parse("2026-03-31"));
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
    assertThat(converted(ColumnType.DATE, null, "+300000-01-01", "0001-01-01"))
        .containsExactly(null, LocalDate.of(1, 1, 1));
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

  /** Values of a typed format, given as SQL, as a type. */
  private List<Object> typed(ColumnType type, String... values) {
    DeclaredColumn column = column(type, null, Optional.empty());
    List<Object> converted = new ArrayList<>();
    for (String value : values) {
      Dataset<Row> row = spark.sql("SELECT " + value + " AS text");
      converted.add(
          row.select(Conversion.convert(col("text"), row.schema().apply(0).dataType(), column))
              .first()
              .get(0));
    }
    return converted;
  }

  @Test
  void aTypedNumberIsWholeOnlyIfItIs() {
    assertThat(typed(ColumnType.BIGINT, "3.0D", "3.7D", "1e300D", "9.3e18D", "double('NaN')"))
        .containsExactly(3L, null, null, null, null);
    assertThat(typed(ColumnType.BIGINT, "CAST(3 AS DECIMAL(9,2))", "3.70BD", "7Y", "float(2.5)"))
        .containsExactly(3L, null, 7L, null);
    assertThat(typed(ColumnType.INT, "3e9D", "2147483647L", "2147483648L", "-5.0D"))
        .containsExactly(null, 2147483647, null, -5);
    assertThat(typed(ColumnType.DOUBLE, "double('Infinity')", "1.5BD", "7"))
        .containsExactly(null, 1.5, 7.0);
  }

  @Test
  void aTimeIsADayOnlyAtMidnight() {
    assertThat(
            typed(
                ColumnType.DATE,
                "TIMESTAMP '2026-03-31 00:00:00'",
                "TIMESTAMP '2026-03-31 00:00:01'",
                "TIMESTAMP_NTZ '2026-03-31 00:00:00'",
                "DATE '2026-03-31'",
                "20260331"))
        .containsExactly(
            LocalDate.of(2026, 3, 31),
            null,
            LocalDate.of(2026, 3, 31),
            LocalDate.of(2026, 3, 31),
            null);
  }

  @Test
  void anIdentifierHasOneSpellingOrIsNone() {
    assertThat(
            identifiers(
                Normalise.DIGITS, "9434765919", " 943 476 5919", "943-476-5919", "943A", "", "-"))
        .containsExactly("9434765919", "9434765919", "9434765919", null, null, null);
    assertThat(identifiers(Normalise.ALPHANUMERIC, "xq-12 z", "XQ12Z", "XQ12Z!"))
        .containsExactly("XQ12Z", "XQ12Z", null);
    assertThat(identifiers(Normalise.NONE, " a b ", "A B", "  "))
        .containsExactly("a b", "A B", null);
  }

  private List<Object> identifiers(Normalise normalise, String... texts) {
    return converted(
        column(ColumnType.STRING, null, Optional.of(new Pseudonymise("id", normalise))), texts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dd/MM/yyyy", "yyyyMMdd", "d MMMM yyyy", "yyyy-MM-dd'T'"})
  void aFormatThatNamesEveryDayOnceIsSound(String format) {
    assertThat(DatePattern.fault(format)).isEmpty();
    String day =
        LocalDate.of(2026, 3, 31).format(DateTimeFormatter.ofPattern(format, Locale.ENGLISH));
    assertThat(converted(ColumnType.DATE, format, day)).containsExactly(LocalDate.of(2026, 3, 31));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd/MM/yy",
        "dd/mm/yyyy",
        "MM/yyyy",
        "DD/yyyy",
        "YYYY-MM-dd",
        "dd/MM/yyyy HH:mm",
        "E, dd MMM yyyy",
        "yyyy-MM[-dd]",
        "yyyy-MM-dd'T",
        "yyyyy-MM-dd"
      })
  void anyOtherFormatIsNot(String format) {
    assertThat(DatePattern.fault(format)).isPresent();
  }
}
