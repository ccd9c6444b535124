package org.assay.common.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assay.common.run.Sentences;

/**
 * Which deliveries of an extract count: a pure function of the set of them, whatever the order in
 * which they arrived. What supersedes what follows the revision and what manifests say.
 */
public final class Standings {
  /** Begins the reason of FULL deliveries of one date between which nothing decides. */
  private static final String AMBIGUOUS = "AMBIGUOUS_RESUPPLY";

  /** Begins the reason of a delivery whose late manifest disagrees with it. */
  private static final String UNLIKE = "MANIFEST_DISAGREES";

  private static final Comparator<Delivery> AS_THEY_CAME =
      Comparator.comparing((Delivery d) -> d.terms().manifest().isPresent())
          .thenComparing(d -> d.receipt().describedAt())
          .thenComparing(d -> d.receipt().bronzeVersion())
          .thenComparing(Delivery::id);

  private final Resupply resupply;
  private final Map<String, Delivery> standing = new TreeMap<>();
  private final List<Delivery> unlike = new ArrayList<>();

  private Standings(Resupply resupply) {
    this.resupply = resupply;
  }

  /**
   * The deliveries in their states. One that silver refused stays refused unless it is superseded.
   *
   * @param deliveries all deliveries of one extract that are in bronze
   */
  public static List<Delivery> of(Collection<Delivery> deliveries, Resupply resupply) {
    return inOrder(deliveries.stream().sorted(inOrder()).toList(), resupply);
  }

  /** Sorted first, so that even which of several is named does not depend on how they came. */
  private static List<Delivery> inOrder(List<Delivery> deliveries, Resupply resupply) {
    Standings standings = new Standings(resupply);
    deliveries.forEach(d -> standings.standing.put(d.id(), cleared(d)));
    Map<LocalDate, List<Delivery>> dates =
        deliveries.stream()
            .filter(delivery -> standings.isWhatItsManifestSays(delivery, deliveries))
            .collect(
                Collectors.groupingBy(Delivery::extractDate, TreeMap::new, Collectors.toList()));
    dates.values().forEach(standings::judge);
    return standings.standing.values().stream().sorted(inOrder()).toList();
  }

  /** By extract date, then revision, then part. */
  public static Comparator<Delivery> inOrder() {
    return Comparator.comparing(Delivery::extractDate)
        .thenComparing(Delivery::revision)
        .thenComparing(Delivery::part)
        .thenComparing(Delivery::id);
  }

  private void judge(List<Delivery> ofOneDate) {
    List<Delivery> left = new ArrayList<>();
    for (Delivery delivery : ofOneDate) {
      List<Delivery> by = superseding(delivery, ofOneDate);
      if (by.isEmpty()) {
        left.add(delivery);
      } else {
        supersede(delivery, by.get(0));
      }
    }
    judgeFull(left.stream().filter(d -> d.load() == Load.FULL).toList());
    byPart(left.stream().filter(d -> d.load() == Load.DELTA).toList()).forEach(this::keepLatest);
  }

  /** Whether a delivery is refused as one of its set, whatever its rows are. */
  public static boolean isRefusedUnread(Delivery delivery) {
    return delivery.reason().startsWith(AMBIGUOUS) || delivery.reason().startsWith(UNLIKE);
  }

  private static Delivery cleared(Delivery delivery) {
    boolean isOurs =
        delivery.state() == State.SUPERSEDED
            || delivery.reason().startsWith(AMBIGUOUS)
            || delivery.reason().startsWith(UNLIKE);
    return isOurs ? delivery.in(State.COMPLETE, "") : delivery;
  }

  /** A manifest may come after its file was taken without it, and say something else. */
  private boolean isWhatItsManifestSays(Delivery delivery, Collection<Delivery> all) {
    if (all.stream().anyMatch(other -> !isUnlike(other) && describesAnew(other, delivery))) {
      standing.put(
          delivery.id(),
          delivery.in(
              State.SUPERSEDED,
              "The same file has been described anew since, by its manifest, its path or the configuration; it counts once."));
      return false;
    }
    if (isUnlike(delivery)) {
      standing.put(
          delivery.id(),
          delivery.in(
              State.REFUSED,
              "%s: the manifest of %s came after it and says something else about its rows or its checksum. Send a manifest that is right, or the file with a higher revision."
                  .formatted(UNLIKE, delivery.file().name())));
      all.stream()
          .filter(other -> !isUnlike(other) && other.extractDate().equals(delivery.extractDate()))
          .filter(other -> isCorrection(other, delivery))
          .max(inOrder())
          .ifPresentOrElse(other -> supersede(delivery, other), () -> unlike.add(delivery));
      return false;
    }
    return true;
  }

  /**
   * Whether a delivery is the same file, with another day, revision or part, and was said later. A
   * FULL file without a manifest that is dated anew is another delivery.
   */
  public static boolean describesAnew(Delivery other, Delivery delivery) {
    boolean isAnother =
        delivery.load() == Load.FULL
            && other.load() == Load.FULL
            && delivery.terms().manifest().isEmpty()
            && other.terms().manifest().isEmpty();
    return other.file().equals(delivery.file())
        && other.content().equals(delivery.content())
        && !isAnother
        && AS_THEY_CAME.compare(other, delivery) > 0;
  }

  /** Whether a delivery is not what its manifest says of its rows or its checksum. */
  public static boolean isUnlike(Delivery delivery) {
    Delivery.Terms terms = delivery.terms();
    return (terms.rows().isPresent() && terms.rows().getAsLong() != delivery.rows())
        || terms.sha256().filter(sha -> !sha.equals(delivery.content())).isPresent();
  }

  private boolean isCorrection(Delivery other, Delivery unlike) {
    boolean isLater = other.file().modifiedAt().isAfter(unlike.file().modifiedAt());
    boolean isSentAgain =
        other.revision() == unlike.revision()
            && other.file().path().equals(unlike.file().path())
            && other.terms().manifest().equals(unlike.terms().manifest())
            && isLater;
    return other.revision() > unlike.revision()
        || isSentAgain
        || names(other, unlike)
        || resupply == Resupply.MODIFIED_TIME && other.revision() == unlike.revision() && isLater;
  }

  private static List<Delivery> superseding(Delivery delivery, List<Delivery> ofOneDate) {
    return ofOneDate.stream()
        .filter(other -> names(other, delivery))
        .filter(other -> !reaches(delivery, other, ofOneDate, new HashSet<>()))
        .sorted(inOrder().reversed())
        .toList();
  }

  /**
   * Whether a manifest names the file of another delivery; one of the same name, an earlier one.
   */
  private static boolean names(Delivery delivery, Delivery other) {
    boolean isNamed = delivery.terms().supersedes().contains(other.file().name());
    boolean isSameName = delivery.file().name().equals(other.file().name());
    return isNamed
        && !delivery.id().equals(other.id())
        && (!isSameName || delivery.file().modifiedAt().isAfter(other.file().modifiedAt()));
  }

  /** Whether one supersedes another, directly or not: of a circle, nobody supersedes the next. */
  private static boolean reaches(
      Delivery from, Delivery to, List<Delivery> ofOneDate, Set<String> seen) {
    return ofOneDate.stream()
        .filter(next -> names(from, next) && seen.add(next.id()))
        .anyMatch(next -> next.id().equals(to.id()) || reaches(next, to, ofOneDate, seen));
  }

  private void judgeFull(List<Delivery> full) {
    long latest = keepLatest(full);
    List<Delivery> rivals = full.stream().filter(d -> d.revision() == latest).toList();
    Map<String, List<Delivery>> shipments = by(Delivery::shipment, rivals);
    List<Delivery> doubted =
        unlike.stream()
            .filter(d -> !rivals.isEmpty() && d.revision() == latest)
            .filter(d -> d.extractDate().equals(rivals.get(0).extractDate()))
            .filter(d -> d.load() == Load.FULL)
            .toList();
    if (resupply == Resupply.NONE && !doubted.isEmpty()) {
      List<Delivery> all = new ArrayList<>(rivals);
      all.addAll(doubted);
      rivals.forEach(delivery -> refuse(delivery, all)); // nothing says which of them is right
      return;
    }
    if (shipments.size() < 2 && !hasPartTwice(rivals)) {
      return;
    }
    if (resupply == Resupply.NONE) {
      rivals.forEach(delivery -> refuse(delivery, rivals));
      return;
    }
    if (shipments.size() > 1) {
      List<Delivery> last = shipments.values().stream().max(byTime()).orElseThrow();
      rivals.stream()
          .filter(delivery -> !last.contains(delivery))
          .forEach(d -> supersede(d, last.get(0)));
      keepLastOfEachPart(last);
    } else {
      keepLastOfEachPart(rivals);
    }
  }

  private void keepLastOfEachPart(List<Delivery> parts) {
    for (List<Delivery> same : byPart(parts)) {
      Delivery last = same.stream().max(Comparator.comparing(List::of, byTime())).orElseThrow();
      same.stream().filter(d -> !d.equals(last)).forEach(d -> supersede(d, last));
    }
  }

  private static Comparator<List<Delivery>> byTime() {
    Function<List<Delivery>, Instant> time =
        all ->
            all.stream()
                .map(delivery -> delivery.file().modifiedAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    return Comparator.comparing(time)
        .thenComparing(all -> all.stream().map(Delivery::id).sorted().toList().toString());
  }

  private static boolean hasPartTwice(List<Delivery> deliveries) {
    Set<String> parts = new HashSet<>();
    return !deliveries.stream().map(Delivery::part).allMatch(parts::add);
  }

  /** Supersedes lower revisions by the highest, which it returns. */
  private long keepLatest(List<Delivery> deliveries) {
    List<Delivery> sorted = deliveries.stream().sorted(inOrder()).toList();
    if (sorted.isEmpty()) {
      return 0;
    }
    Delivery latest = sorted.get(sorted.size() - 1);
    sorted.stream()
        .filter(delivery -> delivery.revision() < latest.revision())
        .forEach(delivery -> supersede(delivery, latest));
    return latest.revision();
  }

  private static Collection<List<Delivery>> byPart(List<Delivery> deliveries) {
    return by(Delivery::part, deliveries).values();
  }

  private static Map<String, List<Delivery>> by(
      Function<Delivery, String> key, List<Delivery> deliveries) {
    return deliveries.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }

  private void supersede(Delivery delivery, Delivery by) {
    standing.put(
        delivery.id(),
        delivery.in(State.SUPERSEDED, "Replaced by %s.".formatted(by.file().name())));
  }

  private void refuse(Delivery delivery, List<Delivery> rivals) {
    Set<String> names = new TreeSet<>();
    rivals.forEach(rival -> names.add(rival.file().name()));
    String who =
        names.size() > 1
            ? "%s are each the full %s of %s"
                .formatted(Sentences.list(names), delivery.extract(), delivery.extractDate())
            : "%s came more than once for %s"
                .formatted(Sentences.list(names), delivery.extractDate());
    standing.put(
        delivery.id(),
        delivery.in(
            State.REFUSED,
            "%s: %s, with different content, and nothing says which is right. Send a manifest with a revision, or set extracts.%s.resupply_order = modified_time."
                .formatted(AMBIGUOUS, who, delivery.extract())));
  }
}
