package org.assay.silver.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.contract.SilverContract;
import org.assay.common.spark.LocalRows;

/**
 * A population counted in one scan, by region, place in the flow and factor levels, for all cohorts
 * on it at once. As small as its cells, so it is on the driver; flow and cells are both made of it.
 */
public final class PopulationCount {
  private final List<Cohort> cohorts;
  private final List<CountedRows> counts;

  private PopulationCount(List<Cohort> cohorts, List<CountedRows> counts) {
    this.cohorts = List.copyOf(cohorts);
    this.counts = counts;
  }

  /** Counts; what is read in the population's SQL must be a view of the session. */
  public static PopulationCount of(
      SparkSession spark, Population population, List<Cohort> cohorts) {
    return new PopulationCount(cohorts, PopulationSums.of(spark, population, cohorts));
  }

  /** Sums by region and place. */
  List<PlaceCount> flow() {
    record Place(Optional<String> region, int place) {}
    Map<Place, PlaceCount> flow = new LinkedHashMap<>();
    for (CountedRows rows : counts) {
      PlaceCount place = rows.place();
      flow.merge(new Place(place.region(), place.place()), place, PlaceCount::plus);
    }
    return List.copyOf(flow.values());
  }

  /** The cells of all cohorts, in the order of region, outcome and levels. */
  public List<Row> cells(String period) {
    List<OutcomeCell> cells = new ArrayList<>();
    for (CountedRows rows : counts) {
      for (int i = 0; i < cohorts.size() && rows.place().isCounted(); i++) {
        cells.add(
            new OutcomeCell(
                rows.place().region(), cohorts.get(i).name(), rows.levels(), rows.cells().get(i)));
      }
    }
    return cells.stream()
        .filter(of -> !of.cell().isEmpty())
        .sorted(OutcomeCell.ORDER)
        .map(of -> of.row(period))
        .toList();
  }

  /** Rows of {@link #cells} as a table, in the order given. */
  public static Dataset<Row> table(SparkSession spark, Population population, List<Row> cells) {
    StructType schema = SilverContract.CELLS.schema();
    for (String factor : population.factorNames()) {
      schema = schema.add(factor, DataTypes.StringType);
    }
    return LocalRows.of(spark, cells, schema);
  }

  /** A cell of one cohort, in the order in which cells are written. */
  private record OutcomeCell(
      Optional<String> region, String outcome, List<String> levels, Cell cell) {
    static final Comparator<OutcomeCell> ORDER =
        Comparator.<OutcomeCell, Boolean>comparing(of -> of.region().isPresent())
            .thenComparing(of -> of.region().orElse(""))
            .thenComparing(OutcomeCell::outcome)
            .thenComparing(OutcomeCell::levels, CellTable.BY_LEVELS);

    /** Null where it was not summed. */
    private static Double known(double sum) {
      return Double.isNaN(sum) ? null : (Double) sum;
    }

    Row row(String period) {
      Row promised =
          SilverContract.CELLS
              .row()
              .set("period", period)
              .set("region", region.orElse(null))
              .set("outcome", outcome)
              .set("n", cell.n())
              .set("people", cell.people())
              .set("events", cell.events())
              .set("exposure", cell.exposure())
              .set("events_sq", known(cell.squares().events()))
              .set("events_exposure", known(cell.squares().eventsExposure()))
              .set("exposure_sq", known(cell.squares().exposure()))
              .build();
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < promised.size(); i++) {
        values.add(promised.get(i));
      }
      values.addAll(levels);
      return RowFactory.create(values.toArray());
    }
  }
}
