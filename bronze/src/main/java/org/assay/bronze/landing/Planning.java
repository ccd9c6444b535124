package org.assay.bronze.landing;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assay.bronze.extract.DateRule;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.FileFault;
import org.assay.bronze.extract.Head;
import org.assay.bronze.extract.HeadReader;
import org.assay.bronze.extract.ManifestRule;
import org.assay.bronze.landing.Claims.Claim;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.Standings;
import org.assay.common.delivery.State;

/** One look at an extract's landing, file by file. */
final class Planning {
  private final Extract extract;
  private final Landing landing;
  private final HeadReader heads;
  private final Door door;
  private final Claims claims;
  private final Known known;
  private final Instant now;
  private final Map<String, Arrival> ready = new LinkedHashMap<>();
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final List<Delivery> told = new ArrayList<>();

  Planning(
      Extract extract,
      Landing landing,
      HeadReader heads,
      Door door,
      Claims claims,
      Known known,
      Instant now) {
    this.extract = extract;
    this.landing = landing;
    this.heads = heads;
    this.door = door;
    this.claims = claims;
    this.known = known;
    this.now = now;
  }

  void look(LandedFile landed) {
    SourceFile file = landed.file();
    Optional<Claim> claim = claims.of(file.path());
    Candidate candidate = dated(Candidate.of(extract, landed, claim));
    Optional<String> unusable = claims.unusable(file.path());
    if (claim.isEmpty() && unusable.isPresent()) { // told also of a file that came before it
      stays(candidate, State.INCOMPLETE, unusable.get(), Optional.empty());
    } else if (known.has(candidate)) {
      refuseIfReadOtherwise(candidate);
    } else if (claim.isEmpty() && extract.manifest() == ManifestRule.REQUIRED) {
      stays(
          candidate,
          State.RECEIVED,
          "Waits for its manifest, %s%s.".formatted(file.name(), Landing.MANIFEST),
          Optional.empty());
    } else if (isDated(landed, claim, candidate)) {
      identify(candidate);
    }
  }

  private void refuseIfReadOtherwise(Candidate candidate) {
    for (Delivery delivery : known.of(candidate.file())) {
      ColumnOrder.refusal(extract, delivery)
          .ifPresent(
              sentence ->
                  stays(candidate, State.REFUSED, sentence, Optional.of(delivery.content())));
    }
  }

  /**
   * With the day that the configuration says, where nothing else does. A FULL file that it dates
   * anew is another delivery. A DELTA is not: its rows would be added twice; nor is a file with a
   * manifest, which would have said so.
   */
  private Candidate dated(Candidate candidate) {
    if (candidate.date().isPresent()) {
      return candidate;
    }
    boolean isAnother =
        candidate.load() == Load.FULL
            && candidate.terms().manifest().isEmpty()
            && extract.extractDate() instanceof DateRule.Fixed;
    Optional<LocalDate> before = isAnother ? Optional.empty() : known.date(candidate.file());
    return before.or(this::byRule).map(candidate::on).orElse(candidate);
  }

  private boolean isDated(LandedFile landed, Optional<Claim> claim, Candidate candidate) {
    String name = landed.file().name();
    Optional<LocalDate> inPath = landed.says().date();
    Optional<LocalDate> stated = claim.flatMap(c -> c.manifest().extractDate());
    if (inPath.isEmpty() && !landed.says().dateText().isEmpty()) {
      String sentence = "%s: \"%s\" is no date. Ask for the file under its right name.";
      stays(
          candidate,
          State.REFUSED,
          sentence.formatted(name, landed.says().dateText()),
          Optional.empty());
      return false;
    }
    if (stated.isPresent() && inPath.isPresent() && !stated.equals(inPath)) {
      stays(
          candidate,
          State.INCOMPLETE,
          "The path of %s says %s, and its manifest says %s."
              .formatted(name, inPath.get(), stated.get()),
          Optional.empty());
      return false;
    }
    if (candidate.date().isEmpty()) {
      stays(
          candidate,
          State.RECEIVED,
          "Nothing says which day %s speaks of; it waits for a manifest with extract_date."
              .formatted(name),
          Optional.empty());
      return false;
    }
    return true;
  }

  private Optional<LocalDate> byRule() {
    if (extract.extractDate() instanceof DateRule.Fixed fixed) {
      return Optional.of(fixed.date());
    }
    return extract.extractDate() instanceof DateRule.IngestTime
        ? Optional.of(LocalDate.ofInstant(now, ZoneOffset.UTC))
        : Optional.empty();
  }

  private void identify(Candidate candidate) {
    SourceFile file = candidate.file();
    String content = known.content(file).orElseGet(() -> landing.digest(file));
    Optional<String> other = candidate.terms().sha256().filter(sha -> !sha.equals(content));
    String id = candidate.id(content);
    Optional<Delivery> before = known.delivery(id);
    Optional<String> disputed = before.isPresent() ? Optional.empty() : disputed(candidate);
    if (before.isPresent()) {
      hear(candidate, before.get(), content);
    } else if (other.isPresent()) {
      stays(
          candidate,
          State.INCOMPLETE,
          "%s has the SHA-256 %s…, and its manifest says %s…."
              .formatted(file.name(), content.substring(0, 12), other.get().substring(0, 12)),
          Optional.of(content));
    } else if (disputed.isPresent()) {
      stays(candidate, State.INCOMPLETE, disputed.get(), Optional.of(content));
    } else if (ready.containsKey(id)) {
      ready.computeIfPresent(id, (same, first) -> first.orToldBy(candidate));
      repeats(candidate, ready.get(id).file(), content);
    } else {
      open(candidate, content);
    }
  }

  /**
   * Content that is in bronze: by another name, with a manifest that came late or anew, as another
   * load by the configuration, or as what it was said to be before.
   */
  private void hear(Candidate candidate, Delivery delivery, String content) {
    boolean isOurs =
        delivery.file().equals(candidate.file()) && delivery.terms().manifest().isEmpty();
    if (candidate.terms().manifest().isPresent() || isOurs) {
      Delivery said = delivery.told(candidate.load(), candidate.terms());
      told.add(known.isDescribedAnew(delivery) ? said.describedAt(now) : said);
    }
    if (!delivery.file().equals(candidate.file())) {
      repeats(candidate, delivery.file(), content);
    }
  }

  /**
   * What a manifest says of the rows or the checksum of a file that is in bronze as another
   * delivery is said of that too, where it is not so.
   */
  private Optional<String> disputed(Candidate candidate) {
    List<Delivery> unlike =
        known.of(candidate.file()).stream()
            .filter(delivery -> delivery.state() != State.SUPERSEDED)
            .map(delivery -> delivery.told(delivery.load(), candidate.terms()))
            .filter(Standings::isUnlike)
            .toList();
    told.addAll(unlike);
    return unlike.stream().findFirst().flatMap(delivery -> otherRows(candidate, delivery.rows()));
  }

  private void repeats(Candidate candidate, SourceFile first, String content) {
    stays(
        candidate,
        State.SUPERSEDED,
        "The same content and date as %s, which counts once.".formatted(first.name()),
        Optional.of(content));
  }

  private void open(Candidate candidate, String content) {
    SourceFile file = candidate.file();
    Head head;
    try {
      head = heads.head(extract, file.path());
    } catch (FileFault fault) {
      stays(candidate, State.REFUSED, fault.getMessage(), Optional.of(content));
      return;
    }
    boolean mayBeEmpty = candidate.load() == Load.DELTA || candidate.isListed();
    Optional<String> refusal = door.refusal(file.name(), head, mayBeEmpty);
    Optional<String> other = otherRows(candidate, head);
    if (refusal.isPresent()) {
      stays(candidate, State.REFUSED, refusal.get(), Optional.of(content));
    } else if (other.isPresent()) {
      stays(candidate, State.INCOMPLETE, other.get(), Optional.of(content));
    } else {
      Arrival arrival = Arrival.of(candidate, content, head);
      ready.put(arrival.id(), arrival);
    }
  }

  /** What a head already tells of rows; a text is counted where it is read. */
  private static Optional<String> otherRows(Candidate candidate, Head head) {
    if (candidate.terms().rows().isEmpty() || (head.hasRows() && head.rows().isEmpty())) {
      return Optional.empty();
    }
    return otherRows(candidate, head.rows().orElse(0));
  }

  private static Optional<String> otherRows(Candidate candidate, long rows) {
    if (candidate.terms().rows().isEmpty()) {
      return Optional.empty();
    }
    long announced = candidate.terms().rows().getAsLong();
    return rows == announced
        ? Optional.empty()
        : Optional.of(
            format(
                "%s has %s, and its manifest says %,d.",
                candidate.file().name(), count(rows, "row", "rows"), announced));
  }

  /** Files that manifests list and that are not there; they hold back the other parts. */
  void missing(Set<String> there) {
    Map<String, String> holding = new HashMap<>();
    claims
        .all()
        .forEach(
            (path, claim) -> {
              if (!there.contains(path) && !known.hasClaimed(path, claim, byRule())) {
                absent(path, claim.absence(), Optional.of(claim));
              }
              if (holds(path) && claim.manifest().isList()) {
                holding.putIfAbsent(claim.manifest().path(), claim.part().file());
              }
            });
    claims
        .allUnusable()
        .forEach(
            (path, why) -> {
              if (!there.contains(path)) {
                absent(path, why, Optional.empty());
              }
            });
    refuseListsOfNobody();
    for (Arrival arrival : List.copyOf(ready.values())) {
      Optional<String> other = arrival.terms().manifest().map(holding::get);
      if (other.isPresent() && !arrival.part().isEmpty()) {
        ready.remove(arrival.id());
        pending.put(arrival.file().path(), arrival.waitsFor(other.get(), now));
      }
    }
  }

  /** One part of a FULL delivery may be empty, but not all of them together. */
  private void refuseListsOfNobody() {
    Map<String, List<Arrival>> lists =
        ready.values().stream()
            .filter(arrival -> arrival.load() == Load.FULL && !arrival.part().isEmpty())
            .filter(arrival -> claims.of(arrival.file().path()).isPresent())
            .collect(Collectors.groupingBy(arrival -> arrival.terms().manifest().orElse("")));
    lists.forEach(
        (manifest, parts) -> {
          boolean isWhole =
              claims.all().values().stream()
                      .filter(claim -> claim.manifest().path().equals(manifest))
                      .count()
                  == parts.size();
          if (isWhole && parts.stream().noneMatch(part -> part.head().hasRows())) {
            parts.forEach(this::refuseAsOfNobody);
          }
        });
  }

  private void refuseAsOfNobody(Arrival part) {
    door.nobody(part.file().name(), part.head())
        .ifPresent(
            sentence -> {
              ready.remove(part.id());
              pending.put(part.file().path(), part.stays(State.REFUSED, sentence, now));
            });
  }

  /**
   * Whether a part is not ready; one that is in bronze already, by whatever name, is no hindrance.
   */
  private boolean holds(String path) {
    return pending.containsKey(path) && pending.get(path).state() != State.SUPERSEDED;
  }

  private void absent(String path, String why, Optional<Claim> claim) {
    SourceFile file = new SourceFile(path, 0, Instant.EPOCH);
    pending.put(
        path,
        new Pending(
            extract.name(),
            file,
            State.INCOMPLETE,
            why,
            claim.flatMap(c -> c.manifest().extractDate()).or(this::byRule),
            claim.flatMap(c -> c.manifest().load()).orElse(extract.load()),
            claim.map(c -> c.manifest().revision()).orElse(0L),
            claim.map(Claim::partName).orElse(""),
            claim.map(c -> c.manifest().path()),
            Optional.empty(),
            now));
  }

  /** What waited in landing and is not there any more. */
  void gone(Set<String> there) {
    for (Pending before : known.waiting()) {
      String path = before.file().path();
      if (!there.contains(path) && !pending.containsKey(path) && !known.hasFile(before.file())) {
        pending.put(path, before.gone());
      }
    }
  }

  private void stays(Candidate candidate, State state, String reason, Optional<String> content) {
    pending.put(candidate.file().path(), candidate.stays(state, reason, content, now));
  }

  Plan plan(int found) {
    return new Plan(List.copyOf(ready.values()), told, List.copyOf(pending.values()), found);
  }
}
