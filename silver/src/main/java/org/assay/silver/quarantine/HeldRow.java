package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.anyOf;
import static org.assay.common.spark.Columns.named;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.contract.BronzeContract;
import org.assay.common.privacy.Pseudonyms;
import org.assay.silver.conform.Conform;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.conform.Pseudonymise;

/**
 * A held row as a steward may see it: the declared columns as they came, identifiers as pseudonyms.
 * Of an extract with identifiers, whatever may stand in the wrong place is shown by its shape
 * alone: values that did not convert, values that a reason names, and all of a row without its
 * identifier.
 */
final class HeldRow {
  private final ExtractRules rules;
  private final Optional<Pseudonyms> pseudonyms;

  HeldRow(ExtractRules rules, Optional<Pseudonyms> pseudonyms) {
    this.rules = rules;
    this.pseudonyms = pseudonyms;
  }

  /**
   * The row as JSON; null for a malformed record, which has no columns.
   *
   * @param raw the struct of the source columns
   */
  Column json(Column raw) {
    Column[] values =
        rules.columns().stream().map(c -> shown(c, raw).as(c.name())).toArray(Column[]::new);
    return when(
        col(BronzeContract.MALFORMED).isNull(),
        to_json(struct(values), Map.of("ignoreNullFields", "false")));
  }

  private Column shown(DeclaredColumn column, Column raw) {
    Column text = raw.getField(column.from()).cast(DataTypes.StringType);
    Column asItMayBe = column.pseudonymise().map(how -> pseudonym(column, how)).orElse(text);
    return rules.hasIdentifiers()
        ? when(isDoubtful(column), shape(text)).otherwise(asItMayBe)
        : asItMayBe;
  }

  /** Whether something else may stand there than the column's name says. */
  private Column isDoubtful(DeclaredColumn column) {
    Column unconverted = col(Conform.unconverted(column.name()));
    if (column.isIdentifier()) {
      return unconverted;
    }
    Column lostIdentifier =
        anyOf(
            rules.columns().stream()
                .filter(DeclaredColumn::isIdentifier)
                .map(identifier -> named(identifier.name()).isNull())
                .toList());
    Column blamed =
        exists(
            col(Labels.REASONS),
            reason -> array_contains(reason.getField("columns"), column.name()));
    return unconverted.or(lostIdentifier).or(blamed);
  }

  /** The pseudonym of a conformed column. */
  Column pseudonym(DeclaredColumn column, Pseudonymise how) {
    return pseudonyms
        .orElseThrow(() -> new IllegalStateException(rules.name() + " needs a key, and has none"))
        .of(named(column.name()), how.domain());
  }

  /** Each digit as 9 and each letter as A. */
  private static Column shape(Column text) {
    return regexp_replace(regexp_replace(text, "\\p{N}", "9"), "\\p{L}", "A");
  }
}
