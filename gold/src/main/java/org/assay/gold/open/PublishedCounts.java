package org.assay.gold.open;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Range;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.PublicCounts.Count;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.publication.Publications;

/**
 * What the last publication told of counts. Of one that has not changed since, somebody who kept
 * that publication knows as much as it told, whatever is withheld now.
 */
public final class PublishedCounts {
  private final Map<List<String>, Map<Count, Range>> known = new HashMap<>();
  private final Map<String, String> populations = new TreeMap<>();

  private PublishedCounts() {}

  /** Nothing was published before. */
  public static PublishedCounts none() {
    return new PublishedCounts();
  }

  /**
   * Reads what was published of some cohorts; nothing where nothing is hidden.
   *
   * @param cohorts all on the populations that are published, those that are not fitted anew too
   */
  public static PublishedCounts read(
      Tables tables, Collection<Cohort> cohorts, DisclosurePolicy policy) {
    PublishedCounts published = new PublishedCounts();
    cohorts.forEach(c -> published.populations.put(c.name(), c.population().name()));
    OptionalLong last = Publications.current(tables);
    if (policy.isOpen() || last.isEmpty() || cohorts.isEmpty()) {
      return published;
    }
    Reading reading =
        new Reading(
            tables,
            cohorts.stream().map(Cohort::name).toList(),
            Publications.versions(tables, last.getAsLong()));
    Map<String, Rule> rules = new TreeMap<>();
    for (Row row : reading.rows(PublicContract.DIM_COHORT)) {
      String rule = row.<String>getAs("disclosure_rule");
      rules.put(row.getAs("cohort"), Rule.valueOf(rule.toUpperCase(Locale.ROOT)));
    }
    published.add(
        reading.pairs(
            GoldFigures.RATES,
            PublicContract.RATES,
            List.of("period", "cohort", "region_key", "factor", "level", "statistic")),
        rules);
    List<String> ofModels = List.of("period", "cohort", "model", "region_key", "term");
    published.add(
        reading.pairs(GoldContract.MODEL_TERMS, PublicContract.MODEL_TERMS, ofModels), rules);
    published.add(
        reading.pairs(
            GoldContract.MODEL_FITS,
            PublicContract.MODEL_FITS,
            List.of("period", "cohort", "model", "region_key")),
        rules);
    return published;
  }

  /** The counts of a population that were told, as they were, and what was told of each. */
  Map<Count, Range> of(CohortResult result) {
    return known.getOrDefault(
        List.of(result.period(), result.cohort().population().name()), Map.of());
  }

  /** A row of gold_exact and the same row as it was shown. */
  private record Pair(Row exact, Row shown) {
    Optional<String> text(String column) {
      boolean isThere = List.of(exact.schema().fieldNames()).contains(column);
      return isThere ? Optional.ofNullable(exact.<String>getAs(column)) : Optional.empty();
    }

    /** Whether an estimate was shown beside the counts, from which they can be computed. */
    boolean hasEstimate() {
      return List.of(shown.schema().fieldNames()).contains("estimate")
          && shown.getAs("estimate") != null;
    }
  }

  private record Reading(Tables tables, List<String> cohorts, Map<TableName, Long> versions) {
    List<Row> rows(TableContract contract) {
      return Optional.ofNullable(versions.get(contract.tableName()))
          .map(
              version ->
                  tables
                      .read(contract.tableName(), version)
                      .filter(col("cohort").isInCollection(cohorts))
                      .collectAsList())
          .orElse(List.of());
    }

    List<Pair> pairs(TableContract exact, TableContract open, List<String> key) {
      Map<List<Object>, Row> shown = new HashMap<>();
      rows(open).forEach(row -> shown.put(values(row, key), row));
      List<Pair> pairs = new ArrayList<>();
      for (Row row : rows(exact)) {
        Optional.ofNullable(shown.get(values(row, key)))
            .ifPresent(open1 -> pairs.add(new Pair(row, open1)));
      }
      return pairs;
    }

    private static List<Object> values(Row row, List<String> key) {
      List<Object> values = new ArrayList<>();
      key.forEach(column -> values.add(row.getAs(column)));
      return values;
    }
  }

  private void add(List<Pair> pairs, Map<String, Rule> rules) {
    for (Pair pair : pairs) {
      String cohort = pair.text("cohort").orElseThrow();
      Map<Count, Range> counts =
          known.computeIfAbsent(
              List.of(pair.text("period").orElseThrow(), populations.get(cohort)),
              key -> new HashMap<>());
      for (What what : List.of(What.N, What.EVENTS)) {
        String column = what == What.N ? "n" : "events";
        if (pair.shown().getAs(column) != null) {
          long value = pair.exact().<Long>getAs(column);
          Range told = pair.hasEstimate() ? Range.exactly(value) : rules.get(cohort).behind(value);
          Count count =
              new Count(
                  what == What.N ? "" : cohort,
                  pair.text("region_key").orElseThrow(),
                  pair.text("factor").orElse(""),
                  pair.text("level").orElse(""),
                  what,
                  "",
                  value);
          counts.merge(count, told, Range::and);
        }
      }
    }
  }
}
