package org.assay.expectations.baseline;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Thresholds.Comparison;
import org.assay.common.contract.GoldContract;
import org.assay.common.spark.CellTables;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;

/**
 * The profiles that the last publication named. What was written but never published is not among
 * them, so a run that was killed makes no baseline.
 */
public final class PublishedProfiles {
  /** The part of a publication's note that says which version of the profiles it names. */
  public static final String PART = "profiles";

  private static final TableName PROFILES = TableName.goldExact(GoldContract.PROFILES.name());

  private final Optional<Long> publication;
  private final Map<CellTables.Key, Map<String, List<Row>>> rows;

  private final Set<String> compared;

  private PublishedProfiles(
      Optional<Long> publication,
      Map<CellTables.Key, Map<String, List<Row>>> rows,
      Set<String> compared) {
    this.publication = publication;
    this.rows = rows;
    this.compared = compared;
  }

  /** No profiles: nothing was accepted yet. */
  public static PublishedProfiles none() {
    return new PublishedProfiles(Optional.empty(), Map.of(), Set.of());
  }

  /** Reads those of some cohorts, each under its own baseline; mostly at most one Spark job. */
  public static PublishedProfiles read(Tables tables, Collection<Cohort> cohorts) {
    OptionalLong publication = StandingPublication.of(tables);
    if (publication.isEmpty()) {
      return none();
    }
    Optional<CommitNote> note = StandingPublication.note(tables);
    return note.isEmpty()
        ? at(tables, cohorts, publication.getAsLong())
        : read(
            tables,
            cohorts,
            Optional.of(publication.getAsLong()),
            note.flatMap(n -> n.madeOf(PART)).map(Long::valueOf));
  }

  /** Reads those that an earlier publication named; none if it named none. */
  public static PublishedProfiles at(Tables tables, Collection<Cohort> cohorts, long publication) {
    Optional<Long> version =
        tables
            .read(StandingPublication.PUBLICATIONS)
            .filter(col("publication_id").equalTo(publication))
            .selectExpr("filter(tables, t -> t.table_name = '" + PROFILES + "')[0].version")
            .collectAsList()
            .stream()
            .filter(row -> !row.isNullAt(0))
            .map(row -> row.getLong(0))
            .findFirst();
    return read(tables, cohorts, Optional.of(publication), version);
  }

  private static PublishedProfiles read(
      Tables tables,
      Collection<Cohort> cohorts,
      Optional<Long> publication,
      Optional<Long> version) {
    Map<String, String> baselines = new TreeMap<>();
    cohorts.forEach(c -> baselines.put(c.name(), c.thresholds().comparison().baseline()));
    Set<String> compared =
        cohorts.stream()
            .filter(c -> c.thresholds().comparison().with() == Comparison.With.PUBLISHED)
            .map(Cohort::name)
            .collect(Collectors.toSet());
    if (version.isEmpty() || baselines.isEmpty()) {
      return none();
    }
    Map<CellTables.Key, Map<String, List<Row>>> rows = new TreeMap<>();
    tables
        .read(PROFILES, version.get())
        .filter(col("cohort").isInCollection(baselines.keySet()))
        .collectAsList()
        .stream()
        .filter(row -> row.getAs("baseline").equals(baselines.get(row.<String>getAs("cohort"))))
        .forEach(
            row ->
                rows.computeIfAbsent(key(row), key -> new TreeMap<>())
                    .computeIfAbsent(row.getAs("model"), model -> new ArrayList<>())
                    .add(row));
    return new PublishedProfiles(publication, rows, compared);
  }

  private static CellTables.Key key(Row row) {
    return new CellTables.Key(
        row.getAs("period"), row.getAs("cohort"), Optional.ofNullable(row.getAs("region")));
  }

  /** The publication they are of; empty if there is none. */
  public Optional<Long> publication() {
    return publication;
  }

  /** A region and model as they were accepted last; empty if they never were, or do not matter. */
  public Optional<Accepted> of(CellTables.Key key, String model) {
    List<Row> of = compared.contains(key.outcome()) ? rows(key, model) : List.of();
    return of.isEmpty() ? Optional.empty() : Optional.of(Accepted.of(of));
  }

  /** The periods, cohorts and regions that are compared. */
  public Collection<CellTables.Key> keys() {
    return rows.keySet().stream().filter(key -> compared.contains(key.outcome())).toList();
  }

  /** The rows of a region and model, as they stand in the table. */
  public List<Row> rows(CellTables.Key key, String model) {
    return rows.getOrDefault(key, Map.of()).getOrDefault(model, List.of());
  }
}
