package org.assay.common.spark;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;

/** Brings rows of {@code silver.<population>_cells} to the driver, one cell table per region. */
public final class CellTables {
  private CellTables() {}

  /**
   * What one table of cells is about.
   *
   * @param period the period
   * @param outcome the cohort whose outcome is counted
   * @param region the region as it came; empty where it was null
   */
  public record Key(String period, String outcome, Optional<String> region)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::period)
            .thenComparing(Key::outcome)
            .thenComparing(key -> key.region().isPresent())
            .thenComparing(key -> key.region().orElse(""));

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Reads all cells in one Spark job. */
  public static SortedMap<Key, CellTable> collect(Dataset<Row> cells, List<String> factors) {
    Map<Key, CellTable.Builder> builders = new TreeMap<>();
    for (Row row : cells.collectAsList()) {
      List<String> levels = factors.stream().map(factor -> row.<String>getAs(factor)).toList();
      builders.computeIfAbsent(key(row), k -> CellTable.over(factors)).add(levels, cell(row));
    }
    SortedMap<Key, CellTable> tables = new TreeMap<>();
    builders.forEach((key, builder) -> tables.put(key, builder.build()));
    return tables;
  }

  private static Key key(Row row) {
    return new Key(
        row.getAs("period"), row.getAs("outcome"), Optional.ofNullable(row.getAs("region")));
  }

  private static Cell cell(Row row) {
    return new Cell(
        row.<Long>getAs("n"),
        row.<Long>getAs("people"),
        row.<Long>getAs("events"),
        row.<Double>getAs("exposure"),
        new Cell.Squares(
            known(row, "events_sq"), known(row, "events_exposure"), known(row, "exposure_sq")));
  }

  private static double known(Row row, String sum) {
    Double known = row.getAs(sum);
    return known == null ? Double.NaN : known;
  }
}
