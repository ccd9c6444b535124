package org.assay.common.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlMacrosTest {
  private static final SqlMacros MACROS =
      new SqlMacros(
          Map.of(
              "index_date", LocalDate.parse("2026-03-31"),
              "start", LocalDate.parse("2025-04-01"),
              "end", LocalDate.parse("2026-04-01")),
          List.of("patient"));

  @Test
  void datesStandWhereTheirNamesStoodAndNowhereElse() {
    assertThat(MACROS.expand("SELECT ':start', a::date, x /* :end */ FROM t WHERE d >= :start"))
        .isEqualTo("SELECT ':start', a::date, x /* :end */ FROM t WHERE d >= DATE '2025-04-01'");
  }

  @Test
  void aDimensionAsOfADayIsASubquery() {
    assertThat(MACROS.expand("FROM patient_at(:index_date) p, my_patient_at(1)"))
        .isEqualTo(
            "FROM (SELECT * FROM patient WHERE ((valid_from) <= (DATE '2026-03-31') AND ((valid_to)"
                + " IS NULL OR (DATE '2026-03-31') < (valid_to)))) p, my_patient_at(1)");
  }

  @Test
  void callsMayStandInEachOther() {
    assertThat(MACROS.expand("valid_on(p.valid_from, p.valid_to, coalesce(e.d, 'a,(b'))"))
        .isEqualTo(
            "((p.valid_from) <= (coalesce(e.d, 'a,(b')) AND ((p.valid_to) IS NULL OR"
                + " (coalesce(e.d, 'a,(b')) < (p.valid_to)))");
    assertThat(MACROS.expand("PERSON_YEARS(valid_from, valid_to, :start, :end)"))
        .startsWith(
            "(if((valid_from) IS NULL, NULL, greatest(0, datediff(least(coalesce(valid_to,"
                + " DATE '2026-04-01')")
        .endsWith("/ 365.25D)");
  }

  @Test
  void whatCannotBeWrittenOutIsRefused() {
    assertThatThrownBy(() -> MACROS.expand("SELECT :today"))
        .hasMessage("names :today, which no period has; there are :index_date, :start and :end.");
    assertThatThrownBy(() -> new SqlMacros(Map.of(), List.of()).expand("SELECT :start"))
        .hasMessage(
            "names :start, which no period has; list periods, each with name, index_date, start and end.");
    assertThatThrownBy(() -> MACROS.expand("valid_on(a, b)"))
        .hasMessage("calls valid_on with 2 arguments; it is valid_on(valid_from, valid_to, date).");
    assertThatThrownBy(() -> MACROS.expand("patient_at(a"))
        .hasMessage("opens a bracket that is never closed.");
  }
}
