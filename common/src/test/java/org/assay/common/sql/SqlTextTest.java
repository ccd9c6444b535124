package org.assay.common.sql;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class SqlTextTest {

  @Example
  void literalsAndCommentsAreNotCode() {
    String sql = "SELECT 'now()' AS a, \"rand()\" -- uuid()\n, b /* now() */ FROM `t 1`";

    assertThat(SqlText.code(sql).replaceAll(" +", " ")).isEqualTo("SELECT AS a, \n, b FROM `t 1`");
  }

  @Example
  void quotesWithinLiteralsDoNotEndThem() {
    assertThat(SqlText.code("'it\\'s' , now()").strip()).isEqualTo(", now()");
    assertThat(SqlText.code("r'\\' , now()").strip()).isEqualTo(", now()");
    assertThat(SqlText.code("'--' , now()").strip()).isEqualTo(", now()");
    assertThat(SqlText.code("`a'b` , now()")).isEqualTo("`a'b` , now()");
  }

  @Example
  void commentsEndWhereSparkEndsThem() {
    assertThat(SqlText.code("a /* b /* c */ d */ e").replaceAll(" +", " ")).isEqualTo("a e");
    assertThat(SqlText.code("a -- b\r, c").replaceAll(" +", " ")).isEqualTo("a \r, c");
    assertThat(SqlText.code("a /* b")).isEqualTo("a     ");
  }

  @Example
  void whatIsKeptOfAQueryHasNoLiterals() {
    assertThat(
            SqlText.withoutLiterals(
                "SELECT a1, 9434765919 FROM t -- of 943 476 5919\nWHERE n = '943 476 5919' AND x > 1.5e3"))
        .isEqualTo("SELECT a1, ? FROM t WHERE n = ? AND x > ?");
  }

  @Example
  void aLongTextIsNoTrouble() {
    assertThat(SqlText.code("'" + "x".repeat(500_000)).strip()).isEmpty();
    assertThat(SqlText.code("/*" + "x ".repeat(500_000)).strip()).isEmpty();
  }

  @Property
  void everythingStaysInItsPlace(
      @ForAll
          @StringLength(max = 60)
          @Chars({'a', '1', ' ', '\n', '\'', '"', '`', '-', '/', '*', '\\', '('})
          String sql) {
    String code = SqlText.code(sql);

    assertThat(code).hasSameSizeAs(sql);
    for (int i = 0; i < sql.length(); i++) {
      assertThat(code.charAt(i)).isIn(sql.charAt(i), ' ');
      assertThat(code.charAt(i) == '\n').isEqualTo(sql.charAt(i) == '\n');
    }
  }
}
