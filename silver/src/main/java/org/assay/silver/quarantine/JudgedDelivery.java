package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.named;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Sentences;
import org.assay.expectations.Expectation;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.RowLabels;
import org.assay.expectations.Rule;
import org.assay.expectations.Verification.Count;
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
  private final Assessment assessment;

  private JudgedDelivery(
      ExtractRules rules,
      HeldRow heldRow,
      Dataset<Row> labelled,
      Map<String, Counts> counts,
      Assessment assessment) {
    this.rules = rules;
    this.heldRow = heldRow;
    this.labelled = labelled;
    this.counts = counts;
    this.assessment = assessment;
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
   * @param earlier the accepted deliveries before it, earliest first
   * @throws DataRefusedException if the delivery must not be used
   * @throws IllegalStateException if an expectation could not be evaluated: that says nothing about
   *     the rows, so none is held
   */
  public static JudgedDelivery judge(
      Dataset<Row> raw,
      Shipment delivery,
      ExtractRules rules,
      Judging judging,
      List<Shipment> earlier) {
    HeldRow heldRow = new HeldRow(rules, judging.pseudonyms());
    Dataset<Row> labelled =
        Labels.label(raw, rules, heldRow, labels(rules, heldRow, judging))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Counts> byPart = new TreeMap<>();
      Map<String, Count> byRule = counted(labelled, rules, byPart, delivery, judging);
      delivery.parts().forEach(part -> refuseUnlessAsIngested(part, byPart));
      Counts counts = byPart.values().stream().reduce(Counts.NONE, Counts::plus);
      Assessment assessment =
          Assessment.of(labelled, counts.rows(), byRule, rules, delivery, judging, earlier);
      assessment.stopIfUnusable();
      refuseIfNothingIsLeft(rules, counts, delivery, labelled);
      refuseIfTooMuchIsHeld(rules, counts, delivery, labelled);
      return new JudgedDelivery(rules, heldRow, labelled, byPart, assessment);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      labelled.unpersist();
      throw e;
    }
  }

  private static RowLabels labels(ExtractRules rules, HeldRow heldRow, Judging judging) {
    return new RowLabels(
        new RowLabels.Surroundings(
            col(BronzeContract.DELIVERY_ID),
            col(BronzeContract.ROW_NUMBER),
            ExtractRules.JUDGED,
            judging.references(),
            name -> heldRow.published(rules.column(name))));
  }

  /** Counts; a failure says nothing about the rows, and is kept as what every rule found. */
  private static Map<String, Count> counted(
      Dataset<Row> labelled,
      ExtractRules rules,
      Map<String, Counts> byPart,
      Shipment delivery,
      Judging judging) {
    try {
      return count(labelled, rules, byPart);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Assessment.keepUnknown(rules, delivery, judging, e);
      throw e;
    }
  }

  /** Counts what the labels say, in one pass: rows by part, and rows by rule. */
  private static Map<String, Count> count(
      Dataset<Row> labelled, ExtractRules rules, Map<String, Counts> byPart) {
    Map<Rule, Expectation.OfRow> ofRows = rules.suite().rowRules();
    Map<String, Count> byRule = new LinkedHashMap<>();
    ofRows.keySet().forEach(rule -> byRule.put(rule.id(), new Count(0, 0)));
    for (Row sums :
        labelled
            .groupBy(BronzeContract.DELIVERY_ID)
            .agg(counted(lit(true)), sums(ofRows.values(), rules))
            .collectAsList()) {
      byPart.put(sums.getString(0), new Counts(sums.getLong(1), sums.getLong(2), sums.getLong(3)));
      int place = 4;
      for (String rule : List.copyOf(byRule.keySet())) {
        Count before = byRule.get(rule);
        byRule.put(
            rule,
            new Count(
                before.judged() + sums.getLong(place++),
                before.unexpected() + sums.getLong(place++)));
      }
    }
    return byRule;
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

  private static Column[] sums(Collection<Expectation.OfRow> ofRows, ExtractRules rules) {
    Stream<Column> places = Stream.of(Labels.isHeld(), Labels.isDuplicate());
    Stream<Column> byRule =
        ofRows.stream()
            .flatMap(
                ofRow ->
                    Stream.of(
                        expr(rules.applies(ofRow)),
                        ExpectationSuite.violates(rules.condition(ofRow))));
    return Stream.concat(places, byRule).map(JudgedDelivery::counted).toArray(Column[]::new);
  }

  private static Column counted(Column condition) {
    return sum(when(condition, 1L).otherwise(0L));
  }

  /** More than this share held says that something is wrong with the whole. */
  private static void refuseIfTooMuchIsHeld(
      ExtractRules rules, Counts counts, Shipment delivery, Dataset<Row> labelled) {
    if (counts.held() > 0 && (double) counts.held() / counts.rows() > rules.maxQuarantined()) {
      throw new DataRefusedException(
          format(
              "%s was refused: %,d of its %,d rows would be held (%.1f %%), and max_quarantined allows %.1f %% (%s). Ask for the file again, or change extracts.%s.max_quarantined.",
              delivery.fileName(),
              counts.held(),
              counts.rows(),
              100.0 * counts.held() / counts.rows(),
              100 * rules.maxQuarantined(),
              commonest(labelled),
              rules.name()));
    }
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

  /** What must be told although the delivery is used, in words. */
  public List<String> warnings() {
    return assessment.warnings();
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
    return heldRow.published(column).as(column.name());
  }

  /** The held rows, as {@link HeldRows} takes them. */
  public Dataset<Row> held() {
    return HeldRows.of(labelled.filter(Labels.isHeld()), rules, heldRow);
  }

  @Override
  public void close() {
    labelled.unpersist();
  }
}
