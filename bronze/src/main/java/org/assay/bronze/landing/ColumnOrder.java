package org.assay.bronze.landing;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.Format;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.State;

/**
 * The columns of a file without a header are those that the configuration lists, in its order. In
 * another order new files are read otherwise than what is in bronze, under the same names.
 */
final class ColumnOrder {
  private ColumnOrder() {}

  /** Why a file that is in bronze cannot be used as it was read; empty if it can. */
  static Optional<String> refusal(Extract extract, Delivery delivery) {
    if (extract.format() != Format.CSV
        || extract.dialect().header()
        || delivery.state() == State.SUPERSEDED) {
      return Optional.empty();
    }
    List<String> now = extract.sourceColumns();
    List<String> then = delivery.receipt().columns().stream().map(SourceColumn::name).toList();
    boolean isOtherwise =
        IntStream.range(0, Math.min(now.size(), then.size()))
            .anyMatch(i -> !now.get(i).equals(then.get(i)) && then.contains(now.get(i)));
    return isOtherwise
        ? Optional.of(
            "%s was read with the columns %s, and the configuration now says %s. Put them in order in extracts.%s.columns, or deliver the file again with a manifest of a higher revision."
                .formatted(
                    delivery.file().name(),
                    String.join(", ", then),
                    String.join(", ", now),
                    extract.name()))
        : Optional.empty();
  }
}
