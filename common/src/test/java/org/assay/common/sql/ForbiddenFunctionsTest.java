package org.assay.common.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenFunctionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "current_date()",
        "CURRENT_DATE",
        "curdate()",
        "current_timestamp",
        "now ( )",
        "localtimestamp",
        "unix_timestamp()",
        "rand(7)",
        "`randn`()",
        "random()",
        "uuid()",
        "shuffle(list)",
        "input_file_name()",
        "_metadata.file_path",
        "monotonically_increasing_id()",
        "spark_partition_id()",
        "current_user",
        "`current_date`",
        "DATE 'today'",
        "CAST(' Now ' AS TIMESTAMP)",
        "TIMESTAMP \"now UTC\"",
        "DATE r'today'",
        "TRANSFORM(a) USING 'date'",
        "system.builtin.now()",
        "1 FROM u TABLESAMPLE (10 PERCENT)",
        "reflect('java.lang.System', 'nanoTime')"
      })
  void whatAnswersDifferentlyEachTimeIsFound(String use) {
    assertThat(ForbiddenFunctions.in("SELECT a,\n " + use + " AS b FROM t"))
        .hasSize(1)
        .allMatch(found -> found.line() == 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'now()'",
        "known(a)",
        "t.now",
        "t.`current_date`",
        "t.current_user",
        "'nowhere'",
        "answer = 'now'",
        "t.user AS user",
        "t.day AS current_date",
        "t.day AS `current_date`",
        "1 FROM a JOIN b USING (id)",
        "'right now or today'",
        "unix_timestamp(a)",
        "brand",
        "to_date('2026-03-31') -- not current_date",
        "my_metadata"
      })
  void whatOnlyLooksLikeItIsNot(String use) {
    assertThat(ForbiddenFunctions.in("SELECT " + use + "\nFROM t")).isEmpty();
  }

  @Test
  void eachUseIsToldWithItsLineAndWhatToDo() {
    List<ForbiddenFunctions.Use> uses = ForbiddenFunctions.in("SELECT rand(),\n\n now() FROM t");

    assertThat(uses)
        .containsExactly(
            new ForbiddenFunctions.Use(
                1,
                "rand() is chance, so the same data would give another result each time; choose by"
                    + " a column instead."),
            new ForbiddenFunctions.Use(
                3,
                "now() asks the clock, so the same data would give another result tomorrow; write"
                    + " the date itself, such as DATE '2026-03-31'."));
  }
}
