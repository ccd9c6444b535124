package org.assay.expectations.vocabulary;

import static org.assay.common.spark.Columns.literal;
import static org.assay.common.spark.Columns.quoted;
import static org.assay.expectations.vocabulary.Argument.COLUMN;
import static org.assay.expectations.vocabulary.Argument.COLUMN_A;
import static org.assay.expectations.vocabulary.Argument.COLUMN_B;
import static org.assay.expectations.vocabulary.Argument.needed;
import static org.assay.expectations.vocabulary.Argument.optional;
import static org.assay.expectations.vocabulary.Word.NOT_JUDGED;
import static org.assay.expectations.vocabulary.Word.ofRows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;
import org.assay.expectations.vocabulary.EthnicCategories.Group;
import org.assay.expectations.vocabulary.EthnicCategories.Version;

/** Words about what health data in the United Kingdom is made of. */
final class HealthWords {
  private static final int NHS_DIGITS = 10;
  private static final Argument VERSION =
      needed(
          "version",
          "census_2001, where Chinese is in other, or census_2011, where Chinese is Asian");

  private HealthWords() {}

  static List<Word> all() {
    return List.of(
        ofRows(
            "expect_column_values_to_be_valid_nhs_number",
            "The value is a ten-digit NHS number whose check digit is right (Modulus 11); blanks and"
                + " hyphens do not matter. Numbers that begin with 999 are for tests.",
            NOT_JUDGED,
            List.of(COLUMN, optional("allow_test", "whether numbers for tests are right; false")),
            "column = record",
            HealthWords::nhsNumber),
        ofRows(
            "expect_column_values_to_be_ethnic_category",
            "The value is an ethnic category code of the NHS Data Dictionary: A to S without I, O and"
                + " Q, or Z for not stated.",
            NOT_JUDGED,
            List.of(
                COLUMN, VERSION, optional("not_known", "whether 99 for not known is right; true")),
            "column = code, version = census_2011",
            HealthWords::ethnicCategory),
        ofRows(
            "expect_column_pair_values_to_be_ethnic_category_and_group",
            "B is the group that A, an ethnic category code, belongs to.",
            "A row in which either is missing, or the code is 99 for not known, is not judged.",
            List.of(
                COLUMN_A,
                COLUMN_B,
                VERSION,
                optional(
                    "labels",
                    "how groups are written: { white, mixed, asian, black, other, not_stated }")),
            "column_A = code, column_B = region, version = census_2011",
            HealthWords::ethnicGroup),
        ofRows(
            "expect_column_values_to_be_ods_code",
            "The value has the form of a code of the Organisation Data Service.",
            NOT_JUDGED,
            List.of(COLUMN, optional("kind", "any, practice, trust, site or icb; any")),
            "column = code, kind = practice",
            a -> {
              OdsKind kind = a.choice("kind", OdsKind.class, OdsKind.ANY);
              return shape(a, kind.regex, "an ODS code" + kind.shown);
            }),
        ofRows(
            "expect_column_values_to_be_lsoa_code",
            "The value has the form of the code of a lower layer super output area.",
            NOT_JUDGED,
            List.of(COLUMN, optional("nation", "any, england or wales; any")),
            "column = code, nation = england",
            a -> {
              Nation nation = a.choice("nation", Nation.class, Nation.ANY);
              return shape(a, nation.regex, "an LSOA code" + nation.shown);
            }),
        ofRows(
            "expect_column_dates_to_be_in_order",
            "No date is after one that is named later, and none after the extract date: born, then"
                + " admitted, then sent.",
            "A missing date is passed over; the others must still be in order.",
            List.of(
                needed("column_list", "the dates, the first first; one is enough"),
                optional("until_extract_date", "whether the extract date is the last; true")),
            "column_list = [born, died]",
            HealthWords::inOrder));
  }

  private enum OdsKind {
    ANY("^[A-Z0-9]{3,10}$", ""),
    PRACTICE("^[A-HJ-NPVWY][0-9]{5}$", " of a practice"),
    TRUST("^[RT][A-Z0-9]{2}$", " of a trust"),
    SITE("^[RT][A-Z0-9]{4}$", " of a trust's site"),
    ICB("^Q[A-Z0-9]{2}$", " of an integrated care board");

    private final String regex;
    private final String shown;

    OdsKind(String regex, String shown) {
      this.regex = regex;
      this.shown = shown;
    }
  }

  private enum Nation {
    ANY("^[EW]01[0-9]{6}$", ""),
    ENGLAND("^E01[0-9]{6}$", " of England"),
    WALES("^W01[0-9]{6}$", " of Wales");

    private final String regex;
    private final String shown;

    Nation(String regex, String shown) {
      this.regex = regex;
      this.shown = shown;
    }
  }

  private static Expectation shape(Arguments a, String regex, String what) {
    String column = a.column();
    a.mustBe("column", column, ColumnType.STRING);
    return a.about(
        column,
        "%s RLIKE %s".formatted(quoted(column), literal(regex)),
        "%s is not %s.".formatted(column, what));
  }

  /**
   * Modulus 11: the first nine digits are weighted 10 to 2 and summed; the check digit is 11 less
   * the remainder of the sum, where 11 counts as 0 and 10 is no digit (NHS Data Dictionary, NHS
   * NUMBER). So with the check digit, which weighs 1, the sum is a multiple of 11.
   */
  private static Expectation nhsNumber(Arguments a) {
    String column = a.column();
    a.mustBe("column", column, ColumnType.STRING);
    String digits = "regexp_replace(%s, '[\\\\s-]', '')".formatted(quoted(column));
    // by division, as ten substrings take twice as long
    String sum =
        IntStream.range(0, NHS_DIGITS)
            .mapToObj(
                i ->
                    "CAST(%s AS bigint) DIV 1%s %% 10 * %d".formatted(digits, "0".repeat(i), i + 1))
            .collect(Collectors.joining(" + "));
    String test = a.flag("allow_test", false) ? "" : "|999";
    return a.about(
        column,
        "%1$s RLIKE '^(?!0{10}%2$s)[0-9]{10}$' AND (%3$s) %% 11 = 0".formatted(digits, test, sum),
        "%s is not a valid NHS number.".formatted(column));
  }

  private static Expectation ethnicCategory(Arguments a) {
    String column = a.column();
    a.mustBe("column", column, ColumnType.STRING);
    List<String> codes = new ArrayList<>(EthnicCategories.groups(version(a)).keySet());
    if (a.flag("not_known", true)) {
      codes.add("99");
    }
    return a.about(
        column,
        "%s IN (%s)".formatted(quoted(column), a.literals(column, codes)),
        "%s is not an ethnic category code.".formatted(column));
  }

  private static Version version(Arguments a) {
    if (a.text("version").isEmpty()) {
      return Version.CENSUS_2011; // that it is missing has been recorded
    }
    return a.choice("version", Version.class, Version.CENSUS_2011);
  }

  private static Expectation ethnicGroup(Arguments a) {
    String code = a.column("column_A");
    String group = a.column("column_B");
    Version version = version(a);
    Map<String, String> labels = a.textMap("labels");
    for (String key : labels.keySet()) {
      if (Arrays.stream(Group.values()).noneMatch(g -> g.key().equals(key))) {
        a.problem("labels", "\"%s\" is not a group.".formatted(key));
      }
    }
    String pairs =
        EthnicCategories.groups(version).entrySet().stream()
            .map(
                entry ->
                    "(%s = %s AND %s = %s)"
                        .formatted(
                            quoted(code),
                            literal(entry.getKey()),
                            quoted(group),
                            literal(
                                labels.getOrDefault(
                                    entry.getValue().key(), entry.getValue().label()))))
            .collect(Collectors.joining(" OR "));
    List<String> pair = List.of(code, group);
    a.mustBe("column_A", code, ColumnType.STRING);
    a.mustBe("column_B", group, ColumnType.STRING);
    return a.about(
        pair,
        "%s AND coalesce(%s <> '99', true)".formatted(Arguments.there(pair), quoted(code)),
        pairs,
        "%s is not the group of %s in the %s."
            .formatted(
                group, code, version == Version.CENSUS_2001 ? "census of 2001" : "census of 2011"));
  }

  private static Expectation inOrder(Arguments a) {
    List<String> columns = a.texts("column_list");
    if (columns.isEmpty()) {
      a.problem("column_list", "must name one date or more.");
    }
    columns.forEach(column -> a.mustBeDate("column_list", column));
    List<String> dates = new ArrayList<>(columns.stream().map(c -> quoted(c)).toList());
    boolean untilExtract = a.flag("until_extract_date", true);
    if (untilExtract) {
      dates.add("`_extract_date`");
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < dates.size(); i++) {
      for (int j = i + 1; j < dates.size(); j++) {
        pairs.add("coalesce(%s <= %s, true)".formatted(dates.get(i), dates.get(j)));
      }
    }
    String names = String.join(", ", columns) + (untilExtract ? ", extract date" : "");
    return a.about(
        columns,
        "true",
        pairs.isEmpty() ? "true" : String.join(" AND ", pairs),
        "Not in order: %s.".formatted(names));
  }
}
