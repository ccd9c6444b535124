package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.Standings;

/**
 * The deliveries whose rows are used, as numbers from 1 in the order of extract date and revision.
 */
public record DeliveryOrder(List<Shipment> accepted) {
  /** By extract date; a DELTA of the day of a FULL one is taken to be in it, so it comes before. */
  public static final Comparator<Shipment> BY_DATE =
      Comparator.comparing(Shipment::extractDate)
          .thenComparing(shipment -> shipment.load() == Load.FULL)
          .thenComparing(shipment -> shipment.parts().get(0), Standings.inOrder());

  public DeliveryOrder {
    accepted = List.copyOf(accepted);
  }

  /** Whether any is a DELTA, which brings some rows and says nothing about others. */
  public boolean hasDelta() {
    return accepted.stream().anyMatch(shipment -> shipment.load() == Load.DELTA);
  }

  /** The number of the delivery that a file belongs to; null of one that is not used. */
  public Column rank(Column deliveryId) {
    Column rank = when(lit(false), lit(0)); // one flat choice, however many there are
    for (int i = 1; i <= accepted.size(); i++) {
      rank = rank.when(deliveryId.isInCollection(accepted.get(i - 1).ids()), lit(i));
    }
    return rank;
  }

  /** The number of the first FULL delivery after one; null if there is none. */
  Column nextFull(Column rank) {
    Integer[] full =
        IntStream.rangeClosed(1, accepted.size())
            .filter(i -> accepted.get(i - 1).load() == Load.FULL)
            .boxed()
            .toArray(Integer[]::new);
    if (full.length == 0) {
      return lit(null).cast("int");
    }
    return element_at(filter(lit(full), number -> number.gt(rank)), lit(1));
  }

  /** The id of a delivery's first part; null of no number. */
  Column delivery(Column rank) {
    String[] ids = accepted.stream().map(s -> s.ids().get(0)).toArray(String[]::new);
    return ids.length == 0
        ? lit(null).cast("string")
        : element_at(lit(ids), coalesce(rank, lit(ids.length + 1)));
  }

  /** The smaller of two numbers, of which either may be null. */
  Column first(Column one, Column other) {
    return least(one, other);
  }
}
