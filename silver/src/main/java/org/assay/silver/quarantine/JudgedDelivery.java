package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assay.common.contract.BronzeContract;
import org.assay.common.contract.SilverContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Sentences;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.Rule;
import org.assay.expectations.Rule.OnFail;
import org.assay.expectations.Verdict;
import org.assay.expectations.Verification;
import org.assay.expectations.Verifier;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;

/**
 * One delivery, labelled once and counted. Its rows stay persisted until it is closed, since they
 * are written to two tables.
 */
public final class JudgedDelivery implements AutoCloseable {
  private static final int MOST_REASONS = 3;

  private final ExtractRules rules;
  private final HeldRow heldRow;
  private final Dataset<Row> labelled;
  private final Map<String, Counts> counts;
  private final Map<Rule, Verdict> verdicts;

  private JudgedDelivery(
      ExtractRules rules,
      HeldRow heldRow,
      Dataset<Row> labelled,
      Map<String, Counts> counts,
      Map<Rule, Verdict> verdicts) {
    this.rules = rules;
    this.heldRow = heldRow;
    this.labelled = labelled;
    this.counts = counts;
    this.verdicts = verdicts;
  }

  /**
   * What became of the rows: {@code rows = accepted + held + duplicates}.
   *
   * @param rows all rows
   * @param held rows with reasons
   * @param duplicates exact repeats
   */
  public record Counts(long rows, long held, long duplicates) {
    /** Of no rows. */
    public static final Counts NONE = new Counts(0, 0, 0);

    /** Rows that are used. */
    public long accepted() {
      return rows - held - duplicates;
    }

    /** Both together. */
    public Counts plus(Counts other) {
      return new Counts(rows + other.rows, held + other.held, duplicates + other.duplicates);
    }
  }

  /**
   * Judges a delivery. Identifiers are judged as they are; they become pseudonyms in what comes
   * out.
   *
   * @throws DataRefusedException if an expectation that refuses is not met
   * @throws IllegalStateException if an expectation could not be evaluated: that says nothing about
   *     the rows, so none is held
   */
  public static JudgedDelivery judge(
      Dataset<Row> raw,
      Shipment delivery,
      ExtractRules rules,
      Verifier verifier,
      Optional<Pseudonyms> pseudonyms) {
    HeldRow heldRow = new HeldRow(rules, pseudonyms);
    Dataset<Row> labelled =
        Labels.label(raw, rules, heldRow).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<Rule, String> conditions = rules.rowConditions();
      Map<String, Counts> byPart = new TreeMap<>();
      Map<String, Long> unexpected = new LinkedHashMap<>();
      conditions.keySet().forEach(rule -> unexpected.put(rule.id(), 0L));
      for (Row sums :
          labelled
              .groupBy(BronzeContract.DELIVERY_ID)
              .agg(count(lit(1)), sums(conditions))
              .collectAsList()) {
        byPart.put(
            sums.getString(0), new Counts(sums.getLong(1), sums.getLong(2), sums.getLong(3)));
        int place = 4;
        for (String rule : unexpected.keySet()) {
          unexpected.merge(rule, sums.getLong(place++), Long::sum);
        }
      }
      delivery.parts().forEach(part -> refuseUnlessAsIngested(part, byPart));
      Counts counts = byPart.values().stream().reduce(Counts.NONE, Counts::plus);
      Map<Rule, Verdict> verdicts =
          new Verification(rules.suite(), verifier)
              .judge(labelled, counts.rows(), conditions, unexpected);
      verdicts.forEach((rule, verdict) -> stopIfUnusable(rule, verdict, delivery));
      refuseIfNothingIsLeft(rules, counts, delivery, labelled);
      return new JudgedDelivery(rules, heldRow, labelled, byPart, verdicts);
    } catch (RuntimeException e) {
      labelled.unpersist();
      throw e;
    }
  }

  private static void refuseUnlessAsIngested(Delivery part, Map<String, Counts> byPart) {
    long rows = byPart.getOrDefault(part.id(), Counts.NONE).rows();
    if (rows != part.rows()) {
      throw new DataRefusedException(
          format(
              "Bronze has %,d rows of %s, and %,d were ingested; nothing was judged. Restore bronze.%s, or deliver the file again.",
              rows, part.file().name(), part.rows(), part.extract()));
    }
  }

  /** A FULL delivery replaces everything; with no row accepted it would replace it by nothing. */
  private static void refuseIfNothingIsLeft(
      ExtractRules rules, Counts counts, Shipment delivery, Dataset<Row> labelled) {
    if (delivery.load() == Load.FULL && counts.accepted() == 0 && counts.rows() > 0) {
      throw new DataRefusedException(
          format(
              "%s was refused: none of its %,d rows can be accepted (%s). Check extracts.%s.columns"
                  + " and its expectations, or ask for the file again.",
              delivery.fileName(), counts.rows(), commonest(labelled), rules.name()));
    }
  }

  /** The sentences that hold most rows, with how many. */
  private static String commonest(Dataset<Row> labelled) {
    return labelled
        .select(explode(col(Labels.REASONS).getField("sentence")).as("sentence"))
        .groupBy("sentence")
        .count()
        .orderBy(col("count").desc(), col("sentence"))
        .limit(MOST_REASONS)
        .collectAsList()
        .stream()
        .map(
            row ->
                format(
                    "%s: %s",
                    Sentences.count(row.getLong(1), "row", "rows"),
                    row.getString(0).replaceFirst("\\.$", "")))
        .collect(Collectors.joining("; "));
  }

  private static Column[] sums(Map<Rule, String> conditions) {
    Stream<Column> places = Stream.of(Labels.isHeld(), Labels.isDuplicate());
    Stream<Column> rules = conditions.values().stream().map(ExpectationSuite::violates);
    return Stream.concat(places, rules)
        .map(condition -> sum(when(condition, 1L).otherwise(0L)))
        .toArray(Column[]::new);
  }

  private static void stopIfUnusable(Rule rule, Verdict verdict, Shipment delivery) {
    if (verdict instanceof Verdict.Unknown unknown) {
      throw new IllegalStateException(
          "Whether %s meets its expectations is unknown, so no row was judged. %s"
              .formatted(delivery.fileName(), unknown.cause()));
    }
    if (verdict instanceof Verdict.Evaluated evaluated
        && !evaluated.passed()
        && rule.onFail() == OnFail.REFUSE) {
      throw new DataRefusedException(
          format(
              "%s was refused by %s: %s %s Ask for the file again, or correct the expectation.",
              delivery.fileName(),
              rule.id(),
              found(rule, evaluated),
              rule.expectation().complaint()));
    }
  }

  private static String found(Rule rule, Verdict.Evaluated evaluated) {
    return rule.expectation().columns().isEmpty()
        ? format("it has %,d rows.", evaluated.rows())
        : format("in %,d of %,d rows", evaluated.unexpected(), evaluated.rows());
  }

  /** How many rows went where. */
  public Counts counts() {
    return counts.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Exact repeats by delivery id. */
  public Map<String, Long> duplicates() {
    Map<String, Long> duplicates = new TreeMap<>();
    counts.forEach((id, of) -> duplicates.put(id, of.duplicates()));
    return duplicates;
  }

  /** The rules that warn and were not met as a whole, in words. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    verdicts.forEach(
        (rule, verdict) -> {
          if (rule.onFail() == OnFail.WARN
              && verdict instanceof Verdict.Evaluated evaluated
              && !evaluated.passed()) {
            warnings.add(found(rule, evaluated) + " " + rule.expectation().complaint());
          }
        });
    return warnings;
  }

  /** The accepted rows, as {@code silver.<extract>} has them. */
  public Dataset<Row> accepted() {
    Stream<Column> provenance =
        SilverContract.EXTRACT.columns().stream().map(column -> named(column.name()));
    Stream<Column> conformed = rules.columns().stream().map(this::accepted);
    return labelled
        .filter(Labels.isAccepted())
        .select(Stream.concat(provenance, conformed).toArray(Column[]::new));
  }

  private Column accepted(DeclaredColumn column) {
    return column
        .pseudonymise()
        .map(how -> heldRow.pseudonym(column, how).as(column.name()))
        .orElse(named(column.name()));
  }

  /** The held rows, as {@code quarantine.rows} has them. */
  public Dataset<Row> held() {
    Column ids = transform(col(Labels.REASONS), reason -> reason.getField("expectation_id"));
    return labelled
        .filter(Labels.isHeld())
        .select(
            sha2(
                    concat_ws("|", col(BronzeContract.DELIVERY_ID), col(BronzeContract.ROW_NUMBER)),
                    256)
                .as("quarantine_id"),
            lit(rules.name()).as("extract"),
            col(BronzeContract.DELIVERY_ID).as("delivery_id"),
            col(BronzeContract.EXTRACT_DATE).as("extract_date"),
            col(BronzeContract.SOURCE_FILE).as("source_file"),
            col(BronzeContract.ROW_NUMBER).as("row_number"),
            col(Labels.SOURCE).as("row"),
            col(Labels.REASONS).as("reasons"),
            sha2(concat_ws("|", lit(rules.name()), concat_ws(",", ids)), 256).as("cause_id"),
            optional(rules.owner()).as("owner"),
            optional(rules.contact()).as("contact"),
            lit("held").as("status"),
            col(BronzeContract.INGESTED_AT).as("first_seen"),
            col(BronzeContract.INGESTED_AT).as("last_seen"));
  }

  private static Column optional(Optional<String> text) {
    return lit(text.orElse(null)).cast("string");
  }

  @Override
  public void close() {
    labelled.unpersist();
  }
}
