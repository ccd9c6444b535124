package org.assay.silver.cohort;

import static org.assay.silver.cohort.PopulationSums.name;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;

/**
 * Reads rows of {@link PopulationSums}, of which there may be very many: where each sum stands is
 * looked up once. What follows from other sums, or is nothing, was not summed.
 */
final class SumsReader {
  private static final int NOWHERE = -1;

  private final List<String> columns;
  private final int region;
  private final int place;
  private final int rows;
  private final int people;
  private final int repeats;
  private final int[] levels;
  private final boolean isOfCounts;
  private final List<CohortReader> cohorts;

  /**
   * @param columns of the sums
   */
  SumsReader(List<String> columns, Population population, List<Cohort> cohorts) {
    this.columns = columns;
    this.region = columns.indexOf(PopulationRows.REGION);
    this.place = columns.indexOf(PopulationRows.PLACE);
    this.rows = columns.indexOf(PopulationSums.ROWS);
    this.people = columns.indexOf(PopulationRows.COUNT);
    this.repeats = columns.indexOf(PopulationSums.REPEATS);
    this.levels = population.factorNames().stream().mapToInt(columns::indexOf).toArray();
    this.isOfCounts = population.count().isPresent();
    this.cohorts = cohorts.stream().map(this::reader).toList();
  }

  CountedRows read(Row row) {
    int at = row.getInt(place);
    List<Cell> cells = new ArrayList<>(cohorts.size());
    List<PlaceCount.Lost> lost = new ArrayList<>(cohorts.size());
    if (at == PlaceCount.COUNTED) { // of others outcomes say nothing, and counts may be null
      for (CohortReader cohort : cohorts) {
        cells.add(cohort.cell(row));
        lost.add(cohort.lost(row));
      }
    }
    List<String> names = new ArrayList<>(levels.length);
    for (int level : levels) {
      names.add(row.getString(level));
    }
    return new CountedRows(
        new PlaceCount(
            Optional.ofNullable(row.getString(region)),
            at,
            row.getLong(rows),
            people == NOWHERE ? row.getLong(rows) : row.isNullAt(people) ? 0 : row.getLong(people),
            repeats == NOWHERE ? 0 : row.getLong(repeats),
            lost),
        names,
        cells);
  }

  /** Reads what was summed for one cohort. */
  private interface CohortReader {
    Cell cell(Row row);

    PlaceCount.Lost lost(Row row);
  }

  private CohortReader reader(Cohort cohort) {
    return PopulationSums.hasMany(cohort) ? new OfMany(cohort) : new OfStatus(cohort);
  }

  private int find(String what, Cohort cohort) {
    return columns.indexOf(name(what, cohort));
  }

  /**
   * Where a row is one person, who has the outcome or not, nothing is impossible, and a square is
   * the event itself.
   */
  private final class OfStatus implements CohortReader {
    private final int n;
    private final int events;
    private final int distinct;
    private final int squares;

    OfStatus(Cohort cohort) {
      n = find("n", cohort);
      events = find("events", cohort);
      distinct = find(PopulationSums.PEOPLE, cohort);
      squares = find("events_sq", cohort);
    }

    @Override
    public Cell cell(Row row) {
      long known = row.getLong(n);
      return new Cell(
          known,
          distinct == NOWHERE ? known : row.getLong(distinct),
          row.getLong(events),
          0,
          new Cell.Squares(row.getLong(squares == NOWHERE ? events : squares), 0, 0));
    }

    @Override
    public PlaceCount.Lost lost(Row row) {
      long unknown = row.getLong(rows) - row.getLong(n);
      return new PlaceCount.Lost(unknown, unknown, 0, 0);
    }
  }

  /**
   * Where a row counts events among people, or over time. The squares of a row of many people's
   * would follow how upstream has put them together, so nothing is known of theirs.
   */
  private final class OfMany implements CohortReader {
    private final int[] whole;
    private final int[] decimal;
    private final int[] lost;

    OfMany(Cohort cohort) {
      whole = find(cohort, "n", PopulationSums.PEOPLE, "events");
      decimal = find(cohort, "exposure", "events_sq", "events_exposure", "exposure_sq");
      lost = find(cohort, "unknown_rows", "unknown", "impossible_rows", "impossible");
    }

    private int[] find(Cohort cohort, String... sums) {
      return List.of(sums).stream().mapToInt(sum -> SumsReader.this.find(sum, cohort)).toArray();
    }

    @Override
    public Cell cell(Row row) {
      return new Cell(
          row.getLong(whole[0]),
          row.getLong(whole[1]),
          row.getLong(whole[2]),
          inDoubles(row, 0),
          isOfCounts
              ? Cell.Squares.UNKNOWN
              : new Cell.Squares(inDoubles(row, 1), inDoubles(row, 2), inDoubles(row, 3)));
    }

    private double inDoubles(Row row, int i) {
      BigDecimal exact = row.getDecimal(decimal[i]);
      return exact.doubleValue();
    }

    @Override
    public PlaceCount.Lost lost(Row row) {
      return new PlaceCount.Lost(
          row.getLong(lost[0]), row.getLong(lost[1]), row.getLong(lost[2]), row.getLong(lost[3]));
    }
  }
}
