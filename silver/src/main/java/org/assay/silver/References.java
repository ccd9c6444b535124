package org.assay.silver;

import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.run.DataRefusedException;
import org.assay.common.table.Tables;
import org.assay.expectations.RowLabel;
import org.assay.silver.cohort.CurrentExtracts;

/** The values that other extracts have in their current state. */
final class References implements Function<RowLabel.Known, Dataset<Row>> {
  private final Tables tables;
  private final SilverSettings settings;

  References(Tables tables, SilverSettings settings) {
    this.tables = tables;
    this.settings = settings;
  }

  /**
   * The values of a column.
   *
   * @throws DataRefusedException if the extract has no accepted delivery, or no value in it: then
   *     every row would be wrong, which says something of the list and not of the rows
   */
  @Override
  public Dataset<Row> apply(RowLabel.Known known) {
    Dataset<Row> values = current(known);
    if (values.filter(values.col(known.from()).isNotNull()).isEmpty()) {
      throw new DataRefusedException(
          "%s must be one of %s.%s, and %2$s has no value there now. Deliver %2$s again, and run again."
              .formatted(known.of(), known.extract(), known.from()));
    }
    return values;
  }

  private Dataset<Row> current(RowLabel.Known known) {
    return CurrentExtracts.of(tables, settings.extract(known.extract()))
        .map(rows -> rows.select(known.from()))
        .orElseThrow(
            () ->
                new DataRefusedException(
                    "%s must be one of %s.%s, and no delivery of %2$s has been accepted yet. Deliver %2$s, and run again."
                        .formatted(known.of(), known.extract(), known.from())));
  }
}
