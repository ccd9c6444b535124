package org.assay.common.delivery;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one extract's deliveries.
 *
 * @param deliveries those in bronze, in the order of {@link Standings#inOrder}
 * @param pending those in landing, by path
 */
record Book(List<Delivery> deliveries, List<Pending> pending) {
  static final Book EMPTY = new Book(List.of(), List.of());

  Book {
    deliveries = deliveries.stream().sorted(Standings.inOrder()).toList();
    pending = pending.stream().sorted(comparing(p -> p.file().path())).toList();
  }

  /**
   * Whether something makes a delivery matter no more for the current state: a FULL one of a later
   * day; of a FULL one another with a higher revision; of a DELTA the FULL one of its day, in which
   * it is, or the same part with a higher revision.
   */
  boolean isReplaced(Delivery of) {
    return isReplaced(of.extractDate(), of.load(), of.revision(), of.part());
  }

  private boolean isReplaced(LocalDate date, Load load, long revision, String part) {
    return complete()
        .anyMatch(
            other -> {
              boolean isHigher = other.revision() > revision;
              boolean isFull = other.load() == Load.FULL;
              if (!other.extractDate().equals(date)) {
                return isFull && other.extractDate().isAfter(date);
              }
              return load == Load.FULL
                  ? isFull && isHigher
                  : isFull || isHigher && other.part().equals(part);
            });
  }

  /** Whether a file in landing matters no more; of one without a date any delivery is later. */
  boolean isReplaced(Pending pending) {
    return pending
        .extractDate()
        .map(date -> isReplaced(date, pending.load(), pending.revision(), pending.part()))
        .orElseGet(() -> complete().findAny().isPresent());
  }

  /** Whether the latest that was sent cannot be used. */
  boolean isRefusedAtTheEnd() {
    boolean inLanding =
        pending.stream()
            .filter(p -> p.state() == State.REFUSED && !p.isGone())
            .anyMatch(p -> !isReplaced(p));
    return inLanding
        || deliveries.stream()
            .filter(delivery -> delivery.state() == State.REFUSED)
            .anyMatch(d -> !isReplaced(d));
  }

  private Stream<Delivery> complete() {
    return deliveries.stream().filter(delivery -> delivery.state() == State.COMPLETE);
  }

  /** Something that was found out, which can be said again of a book that has moved on. */
  interface Entry {
    Book in(Book book);
  }

  static Entry arrived(Collection<Delivery> more, Resupply resupply) {
    return book -> {
      Map<String, Delivery> all = new TreeMap<>();
      book.deliveries().forEach(delivery -> all.put(delivery.id(), delivery));
      more.forEach(delivery -> all.merge(delivery.id(), delivery, Book::asToldLast));
      return new Book(Standings.of(all.values(), resupply), book.pending());
    };
  }

  /**
   * A manifest may come after the file that it is about, and be corrected; so may the configuration
   * of files without one.
   */
  private static Delivery asToldLast(Delivery known, Delivery again) {
    boolean isUnheard = again.terms().manifest().isEmpty() && known.terms().manifest().isPresent();
    if (isUnheard) {
      return known;
    }
    boolean isLater = again.receipt().describedAt().isAfter(known.receipt().describedAt());
    Delivery told = known.told(again.load(), again.terms());
    return isLater ? told.describedAt(again.receipt().describedAt()) : told;
  }

  /** Removes deliveries whose rows bronze no longer has. */
  static Entry lost(Collection<String> ids) {
    return book ->
        new Book(
            book.deliveries().stream().filter(delivery -> !ids.contains(delivery.id())).toList(),
            book.pending());
  }

  static Entry waiting(List<Pending> found) {
    return book -> {
      Map<String, Pending> before =
          book.pending().stream().collect(Collectors.toMap(Pending::id, pending -> pending));
      List<Pending> now = new ArrayList<>();
      for (Pending pending : found) {
        now.add(
            Optional.ofNullable(before.get(pending.id()))
                .map(earlier -> pending.since(earlier.firstSeen()))
                .orElse(pending));
      }
      return new Book(book.deliveries(), now);
    };
  }

  /** What silver said of deliveries, by id; an empty sentence takes a refusal back. */
  static Entry judged(Map<String, String> refusals) {
    return book -> {
      Map<String, Delivery> all = new LinkedHashMap<>();
      for (Delivery delivery : book.deliveries()) {
        String refusal = refusals.get(delivery.id());
        all.put(
            delivery.id(),
            refusal == null
                    || delivery.state() == State.SUPERSEDED
                    || Standings.isRefusedUnread(delivery)
                ? delivery
                : delivery.in(refusal.isEmpty() ? State.COMPLETE : State.REFUSED, refusal));
      }
      return new Book(List.copyOf(all.values()), book.pending());
    };
  }
}
