package org.assay.expectations.baseline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.expectations.readiness.Profile;

/**
 * A region and model as they were when they were accepted last.
 *
 * @param profile the region's margins
 * @param estimates coefficients by term
 * @param design digest of the design that they belong to
 */
public record Accepted(Profile profile, Map<Term, Estimate> estimates, String design) {
  public Accepted {
    estimates = Map.copyOf(estimates);
  }

  /**
   * A coefficient that was published.
   *
   * @param value the coefficient
   * @param stdError its standard error
   */
  public record Estimate(double value, double stdError) {}

  /** Older publications have no such column: all their events were counted among people. */
  private static double exposure(Row row) {
    boolean isThere = List.of(row.schema().fieldNames()).contains("exposure");
    Double exposure = isThere ? row.getAs("exposure") : null;
    return exposure == null ? 0 : exposure;
  }

  /** Reads the rows of one region and model. */
  static Accepted of(List<Row> rows) {
    SortedMap<String, SortedMap<String, Cell>> margins = new TreeMap<>();
    Map<Term, Estimate> estimates = new HashMap<>();
    Cell total = Cell.NOBODY;
    for (Row row : rows) {
      String factor = row.getAs("factor");
      long n = row.<Long>getAs("n");
      Cell cell = new Cell(n, n, row.<Long>getAs("events"), exposure(row));
      if (factor == null) {
        total = cell;
      } else {
        margins.computeIfAbsent(factor, f -> new TreeMap<>()).put(row.getAs("level"), cell);
      }
      if (row.getAs("std_error") != null) {
        estimates.put(
            factor == null ? Term.INTERCEPT : new Term(factor, row.getAs("level")),
            new Estimate(row.<Double>getAs("estimate"), row.<Double>getAs("std_error")));
      }
    }
    return new Accepted(
        new Profile(total, margins), estimates, rows.get(0).<String>getAs("design"));
  }
}
