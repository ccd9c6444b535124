package org.assay.silver.history;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.silver.quarantine.DeliveryOrder;

/**
 * The deliveries that a dimension is made of, as numbers in the order of extract date and revision.
 *
 * @param order the deliveries
 * @param closing those whose absences close, in order, one for each date
 */
record Deliveries(DeliveryOrder order, List<Day> closing) {
  Deliveries {
    closing = List.copyOf(closing);
  }

  /**
   * A FULL delivery whose absences close.
   *
   * @param date its extract date
   * @param number the number of its day
   */
  record Day(LocalDate date, int number) {}

  /**
   * @param shipments the deliveries
   * @param mayClose whether what is absent from one is no more
   */
  static Deliveries of(Collection<Shipment> shipments, Predicate<Shipment> mayClose) {
    DeliveryOrder order =
        new DeliveryOrder(shipments.stream().sorted(DeliveryOrder.BY_DATE).toList());
    List<Day> closing = new ArrayList<>();
    for (Shipment shipment : order.accepted()) {
      if (shipment.load() == Load.FULL && mayClose.test(shipment)) {
        closing.add(new Day(shipment.extractDate(), number(order, shipment)));
      }
    }
    return new Deliveries(order, closing);
  }

  /** The same without some of them. */
  Deliveries without(Set<Shipment> held) {
    Set<LocalDate> left = new HashSet<>();
    closing.forEach(day -> left.add(day.date()));
    List<Shipment> others =
        order.accepted().stream().filter(shipment -> !held.contains(shipment)).toList();
    return of(others, shipment -> left.contains(shipment.extractDate()));
  }

  /** The FULL delivery of a date. */
  Shipment full(LocalDate date) {
    return order.accepted().stream()
        .filter(s -> s.load() == Load.FULL && s.extractDate().equals(date))
        .findFirst()
        .orElseThrow();
  }

  List<String> ids() {
    return order.accepted().stream().flatMap(shipment -> shipment.ids().stream()).toList();
  }

  /** The number of a delivery. */
  Column rank(Column id) {
    return order.rank(id);
  }

  /** The number of its day. */
  Column day(Column id) {
    Column day = when(lit(false), lit(0));
    for (Shipment shipment : order.accepted()) {
      day = day.when(id.isInCollection(shipment.ids()), lit(number(order, shipment)));
    }
    return day;
  }

  /** The number of the day of a FULL delivery of a date. */
  Column dayOfFull(Column date) {
    Column day = when(lit(false), lit(0));
    for (Day full : closing) {
      day = day.when(date.equalTo(lit(full.date())), lit(full.number()));
    }
    return day;
  }

  Column isFull(Column id) {
    return id.isInCollection(
        order.accepted().stream()
            .filter(shipment -> shipment.load() == Load.FULL)
            .flatMap(shipment -> shipment.ids().stream())
            .toList());
  }

  /** Days are numbered from 1: of two loads on one date the DELTA comes first. */
  private static int number(DeliveryOrder order, Shipment of) {
    TreeMap<String, Integer> days = new TreeMap<>();
    order.accepted().forEach(s -> days.put(day(s), 0));
    return days.headMap(day(of)).size() + 1;
  }

  private static String day(Shipment shipment) {
    return shipment.extractDate() + (shipment.load() == Load.FULL ? "F" : "D");
  }
}
