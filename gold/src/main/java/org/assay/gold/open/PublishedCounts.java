package org.assay.gold.open;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.common.run.AtOnce;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.StandingPublication;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Range;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.PublicCounts.Count;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.publication.Publications;
import org.assay.gold.view.Rates;

/**
 * What the last publication told of counts. Of one that has not changed since, somebody who kept
 * that publication knows as much as it told, whatever is withheld now.
 */
public final class PublishedCounts {
  private static final List<Pairing> PAIRINGS =
      List.of(
          new Pairing(
              GoldFigures.RATES,
              PublicContract.RATES,
              List.of("period", "cohort", "region_key", "factor", "level", "statistic")),
          new Pairing(
              GoldContract.MODEL_TERMS,
              PublicContract.MODEL_TERMS,
              List.of("period", "cohort", "model", "region_key", "term")),
          new Pairing(
              GoldContract.MODEL_FITS,
              PublicContract.MODEL_FITS,
              List.of("period", "cohort", "model", "region_key")));

  /** So many tables are read at a time. */
  private static final int AT_ONCE = 4;

  private final Map<List<String>, Map<Count, Range>> known = new HashMap<>();
  private final Map<List<String>, Set<Count>> withheld = new HashMap<>();

  /** Of figures by level. */
  private final Map<List<String>, Set<Count>> figures = new HashMap<>();

  /** Of those that were withheld, the counts of the people they are about. */
  private final Map<List<String>, Map<Count, List<Count>>> figuresWithheld = new HashMap<>();

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
    OptionalLong last = StandingPublication.of(tables);
    if (policy.isOpen() || last.isEmpty() || cohorts.isEmpty()) {
      return none();
    }
    Map<TableName, Long> versions = Publications.versions(tables, last.getAsLong());
    Map<TableContract, List<Row>> rows = new HashMap<>();
    List<Callable<Map.Entry<TableContract, List<Row>>>> reads =
        Stream.concat(
                Stream.of(PublicContract.DIM_COHORT), PAIRINGS.stream().flatMap(Pairing::tables))
            .distinct()
            .<Callable<Map.Entry<TableContract, List<Row>>>>map(
                table -> () -> Map.entry(table, rows(tables, table, versions, cohorts)))
            .toList();
    AtOnce.all(AT_ONCE, reads, read -> rows.put(read.getKey(), read.getValue()));
    return of(rows, cohorts);
  }

  private static List<Row> rows(
      Tables tables,
      TableContract table,
      Map<TableName, Long> versions,
      Collection<Cohort> cohorts) {
    Long version = versions.get(table.tableName());
    if (version == null) {
      return List.of();
    }
    Dataset<Row> stored = tables.read(table.tableName(), version);
    Set<String> there = Set.of(stored.columns());
    return stored
        .filter(col("cohort").isInCollection(cohorts.stream().map(Cohort::name).toList()))
        .select(
            table.columns().stream()
                .map(ContractColumn::name)
                .map(name -> there.contains(name) ? col(name) : lit(null).as(name))
                .toArray(Column[]::new))
        .collectAsList();
  }

  /**
   * What a publication told.
   *
   * @param rows of its tables of counts, as they are and as they are shown, and of {@code
   *     dim_cohort}; in the order of their contracts' columns
   * @param cohorts that it is about; of others nothing is known
   */
  static PublishedCounts of(Map<TableContract, List<Row>> rows, Collection<Cohort> cohorts) {
    Map<String, String> populations = new TreeMap<>();
    cohorts.forEach(c -> populations.put(c.name(), c.population().name()));
    Map<String, Rule> rules = new TreeMap<>();
    for (Row row : rows.getOrDefault(PublicContract.DIM_COHORT, List.of())) {
      Stored cohort = new Stored(PublicContract.DIM_COHORT, row);
      String rule = cohort.text("disclosure_rule").orElseThrow();
      rules.put(cohort.text("cohort").orElseThrow(), Rule.valueOf(rule.toUpperCase(Locale.ROOT)));
    }
    PublishedCounts published = new PublishedCounts();
    for (Pairing pairing : PAIRINGS) {
      for (Pair pair : pairing.pairs(rows)) {
        String cohort = pair.exact().text("cohort").orElseThrow();
        if (populations.containsKey(cohort)) {
          published.add(pair, cohort, populations.get(cohort), rules.get(cohort));
        }
      }
    }
    return published;
  }

  /** The counts of a population that were told, as they were, and what was told of each. */
  Map<Count, Range> of(CohortResult result) {
    return known.getOrDefault(key(result), Map.of());
  }

  /** The counts of a population that were withheld wherever they stand. */
  Set<Count> withheld(CohortResult result) {
    Set<Count> never = new HashSet<>(withheld.getOrDefault(key(result), Set.of()));
    never.removeAll(of(result).keySet());
    return never;
  }

  /** The figures of levels that were told. */
  Set<Count> figures(CohortResult result) {
    return figures.getOrDefault(key(result), Set.of());
  }

  /** The figures of levels that were withheld, and the counts of their people, which were shown. */
  Map<Count, List<Count>> figuresWithheld(CohortResult result) {
    Map<Count, List<Count>> never =
        new HashMap<>(figuresWithheld.getOrDefault(key(result), Map.of()));
    never.keySet().removeAll(figures(result));
    return never;
  }

  private static List<String> key(CohortResult result) {
    return List.of(result.period(), result.cohort().population().name());
  }

  /** A row of a table. */
  private record Stored(TableContract table, Row row) {
    Object value(String column) {
      int at = table.columns().stream().map(ContractColumn::name).toList().indexOf(column);
      return at < 0 ? null : row.get(at);
    }

    Optional<String> text(String column) {
      return Optional.ofNullable((String) value(column));
    }
  }

  /** A row of gold_exact and the same row as it was shown. */
  private record Pair(Stored exact, Stored shown) {

    /** Whether an estimate was shown beside the counts, from which they can be computed. */
    boolean hasEstimate() {
      return shown.value("estimate") != null;
    }

    /** Whether it is about figures of a level that are standardised. */
    boolean isStandardised() {
      return exact.table() == GoldFigures.RATES
          && exact.text("factor").isPresent()
          && exact.text("statistic").filter(of -> !of.equals("crude")).isPresent();
    }
  }

  /** A table as it is and as it is shown, and what identifies its rows. */
  private record Pairing(TableContract exact, TableContract open, List<String> key) {
    Stream<TableContract> tables() {
      return Stream.of(exact, open);
    }

    List<Pair> pairs(Map<TableContract, List<Row>> rows) {
      Map<List<Object>, Stored> shown = new HashMap<>();
      rows.getOrDefault(open, List.of())
          .forEach(row -> shown.put(values(new Stored(open, row)), new Stored(open, row)));
      List<Pair> pairs = new ArrayList<>();
      for (Row row : rows.getOrDefault(exact, List.of())) {
        Stored stored = new Stored(exact, row);
        Optional.ofNullable(shown.get(values(stored)))
            .ifPresent(as -> pairs.add(new Pair(stored, as)));
      }
      return pairs;
    }

    private List<Object> values(Stored row) {
      List<Object> values = new ArrayList<>();
      key.forEach(column -> values.add(row.value(column)));
      return values;
    }
  }

  private void add(Pair pair, String cohort, String population, Rule rule) {
    List<String> key = List.of(pair.exact().text("period").orElseThrow(), population);
    List<Count> shown = new ArrayList<>();
    for (What what : List.of(What.N, What.EVENTS)) {
      String column = what == What.N ? "n" : "events";
      if (pair.exact().value(column) instanceof Long value) {
        Count count =
            new Count(
                what == What.N ? "" : cohort,
                pair.exact().text("region_key").orElseThrow(),
                pair.exact().text("factor").orElse(""),
                pair.exact().text("level").orElse(""),
                what,
                "",
                value);
        if (pair.shown().value(column) == null) {
          withheld.computeIfAbsent(key, k -> new HashSet<>()).add(count);
        } else {
          Range told = pair.hasEstimate() ? Range.exactly(value) : rule.behind(value);
          known.computeIfAbsent(key, k -> new HashMap<>()).merge(count, told, Range::and);
          shown.add(count);
        }
      }
    }
    if (pair.isStandardised()) {
      figures(pair, key, cohort, shown);
    }
  }

  private void figures(Pair pair, List<String> key, String cohort, List<Count> shown) {
    Count name =
        LevelFigures.name(
            cohort,
            pair.exact().text("region_key").orElseThrow(),
            pair.exact().text("factor").orElseThrow(),
            pair.exact().text("level").orElseThrow());
    if (pair.shown().value("value") != null) {
      figures.computeIfAbsent(key, k -> new HashSet<>()).add(name);
    } else if (shown.size() == 2
        && pair.shown().text("note").filter(Rates.WITHHELD::equals).isPresent()) {
      figuresWithheld.computeIfAbsent(key, k -> new HashMap<>()).put(name, shown);
    }
  }
}
