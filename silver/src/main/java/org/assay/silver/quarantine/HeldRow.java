package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.anyOf;
import static org.assay.common.spark.Columns.named;

import java.util.List;
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
public final class HeldRow {
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

  /**
   * Digest of the row as it came, all of it: under a key where it may identify a person.
   *
   * @param raw the struct of the source columns
   */
  Column content(Column raw) {
    Column whole =
        when(
                col(BronzeContract.MALFORMED).isNull(),
                to_json(raw, Map.of("ignoreNullFields", "false")))
            .otherwise(coalesce(col(BronzeContract.RESCUED), lit("")));
    return pseudonyms
        .map(secret -> secret.of(whole, "quarantine." + rules.name()))
        .orElseGet(() -> sha2(whole, 256));
  }

  /** Digest of the row's key, the same for the row once it is right; null where it has none. */
  Column key() {
    return key(rules.key());
  }

  /** Digests of what the row says of the dimensions that are made of the extract. */
  Column dimensionKeys() {
    Column[] keys =
        rules.dimensionKeys().entrySet().stream()
            .map(
                entry ->
                    struct(lit(entry.getKey()).as("dimension"), key(entry.getValue()).as("key")))
            .toArray(Column[]::new);
    return array(keys).cast("array<struct<dimension:string,key:string>>");
  }

  private Column key(List<String> key) {
    Column isWhole =
        key.stream()
            .map(part -> named(part).isNotNull())
            .reduce(Column::and)
            .orElse(lit(false))
            .and(col(BronzeContract.MALFORMED).isNull());
    Column[] parts =
        rules.columns().stream()
            .filter(column -> key.contains(column.name()))
            .map(column -> published(column).cast("string").as(column.name()))
            .toArray(Column[]::new);
    return parts.length == 0
        ? lit(null).cast("string")
        : when(isWhole, sha2(to_json(struct(parts)), 256));
  }

  /** Digest of these columns of an accepted row, whose identifiers are pseudonyms already. */
  public static Column acceptedKey(ExtractRules rules, List<String> key) {
    Column[] parts =
        rules.columns().stream()
            .filter(column -> key.contains(column.name()))
            .map(column -> named(column.name()).cast("string").as(column.name()))
            .toArray(Column[]::new);
    return sha2(to_json(struct(parts)), 256);
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
            reason ->
                array_contains(reason.getField("columns"), column.name())
                    .or(size(reason.getField("columns")).equalTo(0))); // it may be any of them
    return unconverted.or(lostIdentifier).or(blamed);
  }

  /** A conformed column as it leaves bronze: an identifier as its pseudonym. */
  Column published(DeclaredColumn column) {
    return column.pseudonymise().map(how -> pseudonym(column, how)).orElse(named(column.name()));
  }

  /** The pseudonym of a conformed column. */
  Column pseudonym(DeclaredColumn column, Pseudonymise how) {
    return pseudonyms
        .orElseThrow(() -> new IllegalStateException(rules.name() + " needs a key, and has none"))
        .of(named(column.name()), how.domain());
  }

  /** Each digit as 9 and each letter as A. */
  static Column shape(Column text) {
    return regexp_replace(regexp_replace(text, "\\p{N}", "9"), "\\p{L}", "A");
  }
}
