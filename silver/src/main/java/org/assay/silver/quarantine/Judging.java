package org.assay.silver.quarantine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.privacy.Pseudonyms;
import org.assay.expectations.RowLabel;
import org.assay.expectations.history.ExpectationResults;
import org.assay.expectations.history.Instruments;
import org.assay.expectations.history.MetricHistory;

/**
 * What deliveries are judged with, and where what is found is kept.
 *
 * @param instruments what measures and compares
 * @param history what was measured of them
 * @param results where verdicts are gathered
 * @param pseudonyms what identifiers become; needed where an extract has any
 * @param references the values of another extract's column, in one column
 */
public record Judging(
    Instruments instruments,
    MetricHistory history,
    ExpectationResults results,
    Optional<Pseudonyms> pseudonyms,
    Function<RowLabel.Known, Dataset<Row>> references) {
  public Judging {
    requireNonNull(instruments, "instruments is null");
    requireNonNull(history, "history is null");
    requireNonNull(results, "results is null");
    requireNonNull(pseudonyms, "pseudonyms is null");
    requireNonNull(references, "references is null");
  }
}
