package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.anyOf;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.contract.BronzeContract;
import org.assay.expectations.ColumnType;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.Metric;
import org.assay.expectations.RowLabels;
import org.assay.expectations.Rule;
import org.assay.expectations.Rule.OnFail;
import org.assay.silver.conform.Conform;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.conform.Pseudonymise.Normalise;

/**
 * Labels each row of a delivery once, with every reason for which it is held. Whether a row is
 * accepted, held or a duplicate is read from its labels alone, so that no row can be in two places
 * or in none.
 */
public final class Labels {
  static final String REASONS = "_reasons";
  static final String SOURCE = "_source";

  /** Digest of all that came of a held row. */
  static final String CONTENT = "_content";

  /** Of a value that may identify somebody: most codes have fewer, NHS numbers ten. */
  private static final int FEWEST_DIGITS = 7;

  /** Codes of places of the Office for National Statistics. */
  private static final String PLACE = "^[A-Z][0-9]{8}$";

  private static final String CONFORMED_SOURCE = "_raw";
  private static final String NO_REASONS =
      "array<struct<expectation_id:string,sentence:string,columns:array<string>,fingerprint:string,notes:string>>";

  private Labels() {}

  /** The conformed rows with their labels; the plan is costly, so persist them. */
  static Dataset<Row> label(
      Dataset<Row> delivery, ExtractRules rules, HeldRow heldRow, RowLabels labels) {
    Dataset<Row> conformed = Conform.rows(delivery, rules, provenance(rules));
    Dataset<Row> prepared = KeyLabels.label(labels.label(conformed, rules.suite().labels()), rules);
    Dataset<Row> labelled =
        prepared
            .withColumn(REASONS, reasons(why(rules)))
            .withColumn(SOURCE, when(isHeld(), heldRow.json(col(CONFORMED_SOURCE))))
            .withColumn(CONTENT, when(isHeld(), heldRow.content(col(CONFORMED_SOURCE))))
            .drop(CONFORMED_SOURCE, BronzeContract.RESCUED)
            .drop(unused(rules));
    for (String column : rules.watched()) {
      labelled = labelled.withColumn(Metric.levelColumn(column), level(column, rules));
    }
    return labelled;
  }

  /** Flags that no rule asks for again when it is counted. */
  private static String[] unused(ExtractRules rules) {
    return rules.columnNames().stream()
        .filter(column -> !rules.convertible().contains(column))
        .map(Conform::unconverted)
        .toArray(String[]::new);
  }

  /**
   * A held row of an extract with identifiers may have one in any column, and a row that no rule
   * holds may have one where somebody swapped columns.
   */
  private static Column level(String column, ExtractRules rules) {
    Column text = named(column).cast("string");
    Column digits = length(regexp_replace(text, "[^0-9]", ""));
    Column isOfSomebody = digits.geq(FEWEST_DIGITS).and(not(text.rlike(PLACE)));
    return rules.hasIdentifiers()
        ? when(isHeld().and(text.isNotNull()), lit("(held)"))
            .when(isOfSomebody, lit("(like an identifier)"))
            .otherwise(text)
        : text;
  }

  /** Whether a row has reasons to be held. */
  public static Column isHeld() {
    return size(col(REASONS)).gt(0);
  }

  /** Whether a row repeats another row of its delivery exactly; a held row is not a duplicate. */
  public static Column isDuplicate() {
    return not(isHeld()).and(col(KeyLabels.REPEATS));
  }

  /** Whether a row is accepted. */
  public static Column isAccepted() {
    return not(isHeld()).and(not(col(KeyLabels.REPEATS)));
  }

  private static List<Column> provenance(ExtractRules rules) {
    Column[] raw =
        rules.columns().stream()
            .map(DeclaredColumn::from)
            .distinct()
            .map(from -> named(from))
            .toArray(Column[]::new);
    return List.of(
        col(BronzeContract.DELIVERY_ID),
        col(BronzeContract.EXTRACT_DATE),
        col(BronzeContract.SOURCE_FILE),
        col(BronzeContract.ROW_NUMBER),
        col(BronzeContract.INGESTED_AT),
        col(BronzeContract.MALFORMED),
        col(BronzeContract.RESCUED),
        struct(raw).as(CONFORMED_SOURCE));
  }

  /**
   * One reason and when it holds a row.
   *
   * @param condition never null
   * @param reason what is told
   */
  record Why(Column condition, Column reason) {}

  /**
   * All reasons of a row. Most rows have none, and for them only the conditions are evaluated: an
   * array is put together by code that Spark does not compile.
   */
  private static Column reasons(List<Why> whys) {
    Column[] all =
        whys.stream().map(why -> when(why.condition(), why.reason())).toArray(Column[]::new);
    Column any = anyOf(whys.stream().map(Why::condition).toList());
    return when(any, array_compact(array(all))).otherwise(array().cast(NO_REASONS));
  }

  private static List<Why> why(ExtractRules rules) {
    Column malformed = col(BronzeContract.MALFORMED).isNotNull();
    List<Why> reasons = new ArrayList<>();
    reasons.add(
        new Why(
            malformed,
            reason(
                "MALFORMED",
                concat(lit("The record does not fit: "), col(BronzeContract.MALFORMED), lit(".")),
                List.of(),
                "",
                Optional.empty())));
    rules.columns().stream().map(Labels::unconverted).forEach(reasons::add);
    KeyLabels.reasons(rules, malformed).forEach(reasons::add);
    rules
        .suite()
        .rowRules()
        .forEach(
            (rule, ofRow) -> {
              if (rule.onFail() == OnFail.QUARANTINE) {
                reasons.add(unexpected(rule, rules.condition(ofRow)));
              }
            });
    return reasons;
  }

  private static Why unconverted(DeclaredColumn column) {
    String wanted =
        column
            .pseudonymise()
            .map(how -> "an identifier" + made(how.normalise()))
            .orElse((column.type() == ColumnType.INT ? "an " : "a ") + column.type().sql());
    String sentence = "%s is there but is not %s.".formatted(column.name(), wanted);
    return new Why(
        col(Conform.unconverted(column.name())),
        reason("conversion." + column.name(), sentence, List.of(column.name())));
  }

  private static String made(Normalise normalise) {
    return switch (normalise) {
      case NONE -> "";
      case DIGITS -> " made of digits";
      case ALPHANUMERIC -> " made of letters and digits";
    };
  }

  private static Why unexpected(Rule rule, String condition) {
    return new Why(
        ExpectationSuite.violates(condition),
        reason(
            rule.id(),
            rule.expectation().complaint(),
            rule.expectation().columns(),
            rule.fingerprint(),
            rule.notes()));
  }

  static Column reason(String id, String sentence, List<String> columns) {
    return reason(id, lit(sentence), columns, "", Optional.empty());
  }

  private static Column reason(
      String id,
      String sentence,
      List<String> columns,
      String fingerprint,
      Optional<String> notes) {
    return reason(id, lit(sentence), columns, fingerprint, notes);
  }

  private static Column reason(
      String id,
      Column sentence,
      List<String> columns,
      String fingerprint,
      Optional<String> notes) {
    Column[] names = columns.stream().map(name -> lit(name)).toArray(Column[]::new);
    return struct(
        lit(id).as("expectation_id"),
        sentence.as("sentence"),
        array(names).cast("array<string>").as("columns"),
        lit(fingerprint).as("fingerprint"),
        lit(notes.orElse(null)).cast("string").as("notes"));
  }
}
