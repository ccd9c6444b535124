package org.assay.bronze.landing;

import java.time.Clock;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.extract.BronzeColumns;
import org.assay.bronze.extract.DateRule;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.FileFault;
import org.assay.bronze.extract.Head;
import org.assay.bronze.extract.HeadReader;
import org.assay.bronze.extract.ManifestRule;
import org.assay.bronze.landing.Claims.Claim;
import org.assay.bronze.landing.Landing.Listing;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.Terms;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;

/** Tells what is new in an extract's landing, and what of it is fit to be ingested. */
public final class Arrivals {
  private final Extract extract;
  private final Landing landing;
  private final HeadReader heads;
  private final Door door;
  private final Clock clock;
  private final List<Delivery> known;
  private final Map<String, Pending> waiting;

  /**
   * @param bronze the columns that bronze has
   * @param known the deliveries that are in bronze
   * @param waiting what was found in landing before
   */
  public Arrivals(
      SparkSession spark,
      Clock clock,
      Extract extract,
      BronzeColumns bronze,
      List<Delivery> known,
      List<Pending> waiting) {
    this.extract = extract;
    this.landing = new Landing(spark.sparkContext().hadoopConfiguration());
    this.heads = new HeadReader(spark);
    this.door = new Door(extract, bronze);
    this.clock = clock;
    this.known = List.copyOf(known);
    this.waiting =
        waiting.stream().collect(Collectors.toMap(p -> p.file().path(), p -> p, (a, b) -> a));
  }

  /** What is to be done about everything in landing. */
  public Plan plan() {
    return plan(path -> true);
  }

  /**
   * What is to be done about these files, and about those that waited before.
   *
   * @param isNew whether a path is one that nobody has looked at; a manifest stands for its files
   */
  public Plan plan(Predicate<String> isNew) {
    Listing listing = landing.list(extract.path());
    Claims claims = Claims.read(landing, extract, listing.manifests());
    Planning planning = new Planning(claims);
    for (LandedFile landed : listing.files()) {
      String path = landed.file().path();
      Optional<String> manifest = claims.of(path).map(claim -> claim.manifest().path());
      if (isNew.test(path) || manifest.filter(isNew).isPresent() || waiting.containsKey(path)) {
        planning.look(landed);
      }
    }
    planning.missing(listing);
    planning.gone(listing);
    return planning.plan(listing.files().size());
  }

  /** One look at landing. */
  private final class Planning {
    private final Claims claims;
    private final Instant now = clock.instant();
    private final Map<String, Arrival> ready = new LinkedHashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final List<Delivery> told = new ArrayList<>();

    Planning(Claims claims) {
      this.claims = claims;
    }

    void look(LandedFile landed) {
      SourceFile file = landed.file();
      Optional<Claim> claim = claims.of(file.path());
      if (isKnown(file, claim)) {
        return;
      }
      Optional<String> unreadable = claims.unreadable(file.path());
      if (claim.isEmpty() && unreadable.isPresent()) {
        wait(State.INCOMPLETE, file, unreadable.get(), Optional.empty());
      } else if (claim.isEmpty() && extract.manifest() == ManifestRule.REQUIRED) {
        wait(
            State.RECEIVED,
            file,
            "Waits for its manifest, %s%s.".formatted(file.name(), Landing.MANIFEST),
            Optional.empty());
      } else {
        date(landed, claim).ifPresent(date -> look(landed, claim, date));
      }
    }

    private void look(LandedFile landed, Optional<Claim> claim, LocalDate date) {
      SourceFile file = landed.file();
      String content = digest(file);
      Optional<String> other =
          claim.flatMap(c -> c.part().sha256()).filter(sha -> !sha.equals(content));
      if (other.isPresent()) {
        keep(
            State.INCOMPLETE,
            file,
            "%s has the SHA-256 %s…, and its manifest says %s…."
                .formatted(file.name(), content.substring(0, 12), other.get().substring(0, 12)),
            date,
            claim,
            content);
        return;
      }
      Load load = claim.flatMap(c -> c.manifest().load()).orElse(extract.load());
      int revision =
          claim
              .map(c -> c.manifest().revision())
              .filter(r -> r > 0)
              .orElse(landed.says().revision());
      String part =
          claim.map(Claim::partName).filter(p -> !p.isEmpty()).orElse(landed.says().part());
      String id = Delivery.id(extract.name(), date, revision, part, content);
      Terms terms = claim.map(Planning.this::terms).orElse(Terms.NONE);
      Optional<Delivery> same = known.stream().filter(d -> d.id().equals(id)).findFirst();
      if (same.isPresent() || ready.containsKey(id)) {
        same(file, date, claim, content, same, load, terms, id);
        return;
      }
      Head head;
      try {
        head = heads.head(extract, file.path());
      } catch (FileFault fault) {
        keep(State.REFUSED, file, fault.getMessage(), date, claim, content);
        return;
      }
      Optional<String> refusal = door.refusal(file.name(), head, load);
      boolean isOther =
          head.rows().isPresent()
              && terms.rows().isPresent()
              && head.rows().getAsLong() != terms.rows().getAsLong();
      if (refusal.isPresent()) {
        keep(State.REFUSED, file, refusal.get(), date, claim, content);
      } else if (isOther || (!head.hasRows() && terms.rows().orElse(0) > 0)) {
        keep(
            State.INCOMPLETE,
            file,
            org.assay.common.run.Sentences.format(
                "%s has %s, and its manifest says %,d.",
                file.name(),
                org.assay.common.run.Sentences.count(head.rows().orElse(0), "row", "rows"),
                terms.rows().getAsLong()),
            date,
            claim,
            content);
      } else {
        ready.put(
            id,
            new Arrival(
                id, extract.name(), date, load, revision, part, file, content, terms, head));
      }
    }

    /** Content that is there already: by another name, or with a manifest that came late. */
    private void same(
        SourceFile file,
        LocalDate date,
        Optional<Claim> claim,
        String content,
        Optional<Delivery> known,
        Load load,
        Terms terms,
        String id) {
      SourceFile first = known.map(Delivery::file).orElseGet(() -> ready.get(id).file());
      if (known.isPresent() && claim.isPresent() && known.get().terms().manifest().isEmpty()) {
        Delivery delivery = known.get();
        told.add(
            new Delivery(
                id,
                delivery.extract(),
                date,
                load,
                delivery.revision(),
                delivery.part(),
                delivery.file(),
                content,
                terms,
                delivery.receipt(),
                delivery.state(),
                delivery.reason()));
      }
      if (!first.equals(file)) {
        keep(
            State.SUPERSEDED,
            file,
            "The same content and date as %s, which counts once.".formatted(first.name()),
            date,
            claim,
            content);
      }
    }

    private Terms terms(Claim claim) {
      Manifest manifest = claim.manifest();
      return new Terms(
          Optional.of(manifest.path()),
          claim.part().rows(),
          claim.part().sha256(),
          manifest.exhaustive(),
          manifest.supersedes());
    }

    private Optional<LocalDate> date(LandedFile landed, Optional<Claim> claim) {
      Optional<LocalDate> stated = claim.flatMap(c -> c.manifest().extractDate());
      Optional<LocalDate> inPath = landed.says().date();
      SourceFile file = landed.file();
      if (inPath.isEmpty() && !landed.says().dateText().isEmpty()) {
        wait(
            State.REFUSED,
            file,
            "%s: \"%s\" is no date. Ask for the file under its right name."
                .formatted(file.name(), landed.says().dateText()),
            claim);
        return Optional.empty();
      }
      if (stated.isPresent() && inPath.isPresent() && !stated.equals(inPath)) {
        wait(
            State.INCOMPLETE,
            file,
            "The path of %s says %s, and its manifest says %s."
                .formatted(file.name(), inPath.get(), stated.get()),
            claim);
        return Optional.empty();
      }
      Optional<LocalDate> date = stated.or(() -> inPath).or(this::dateByRule);
      if (date.isEmpty()) {
        wait(
            State.RECEIVED,
            file,
            "Nothing says which day %s speaks of; it waits for a manifest with extract_date."
                .formatted(file.name()),
            claim);
      }
      return date;
    }

    private Optional<LocalDate> dateByRule() {
      if (extract.extractDate() instanceof DateRule.Fixed fixed) {
        return Optional.of(fixed.date());
      }
      return extract.extractDate() instanceof DateRule.IngestTime
          ? Optional.of(LocalDate.ofInstant(now, ZoneOffset.UTC))
          : Optional.empty();
    }

    /** Whether a file is in bronze; of known path, size and time it is not read again. */
    private boolean isKnown(SourceFile file, Optional<Claim> claim) {
      return known.stream()
          .filter(delivery -> delivery.file().equals(file))
          .filter(d -> claim.isEmpty() || d.terms().manifest().isPresent())
          .anyMatch(this::isOfTheConfiguredDay);
    }

    /**
     * A FULL file that the configuration dates anew is another delivery. A DELTA is not: its rows
     * would be added twice.
     */
    private boolean isOfTheConfiguredDay(Delivery delivery) {
      boolean isDatedByManifest = delivery.terms().manifest().isPresent();
      return isDatedByManifest
          || delivery.load() == Load.DELTA
          || !(extract.extractDate() instanceof DateRule.Fixed fixed)
          || fixed.date().equals(delivery.extractDate());
    }

    private String digest(SourceFile file) {
      return Optional.ofNullable(waiting.get(file.path()))
          .filter(before -> before.file().equals(file))
          .flatMap(Pending::content)
          .or(
              () ->
                  known.stream()
                      .filter(delivery -> delivery.file().equals(file))
                      .map(Delivery::content)
                      .findFirst())
          .orElseGet(() -> landing.digest(file));
    }

    /** Files that manifests list and that are not there hold back the other parts. */
    void missing(Listing listing) {
      Set<String> there =
          listing.files().stream().map(f -> f.file().path()).collect(Collectors.toSet());
      Map<String, String> holding = new HashMap<>();
      claims
          .all()
          .forEach(
              (path, claim) -> {
                boolean isIngested =
                    known.stream().anyMatch(delivery -> delivery.file().path().equals(path));
                if (!there.contains(path) && !isIngested) {
                  SourceFile absent = new SourceFile(path, 0, Instant.EPOCH);
                  String manifest = claim.manifest().name();
                  wait(
                      State.INCOMPLETE,
                      absent,
                      claim.manifest().isList()
                          ? "%s lists %s, which has not come.".formatted(manifest, absent.name())
                          : "%s came, and %s has not.".formatted(manifest, absent.name()),
                      Optional.of(claim));
                }
                if (pending.containsKey(path) && claim.manifest().isList()) {
                  holding.putIfAbsent(claim.manifest().path(), claim.part().file());
                }
              });
      claims
          .allUnreadable()
          .forEach(
              (path, why) -> {
                if (!there.contains(path) && !path.endsWith("/")) {
                  wait(
                      State.INCOMPLETE,
                      new SourceFile(path, 0, Instant.EPOCH),
                      why,
                      Optional.empty());
                }
              });
      for (Arrival arrival : List.copyOf(ready.values())) {
        Optional<String> other = arrival.terms().manifest().map(holding::get);
        if (other.isPresent() && !arrival.part().isEmpty()) {
          ready.remove(arrival.id());
          pending.put(arrival.file().path(), Waits.forPart(arrival, other.get(), now));
        }
      }
    }

    /** What waited in landing and is not there any more. */
    void gone(Listing listing) {
      Set<String> there =
          listing.files().stream().map(f -> f.file().path()).collect(Collectors.toSet());
      waiting.forEach(
          (path, before) -> {
            boolean isIngested = known.stream().anyMatch(d -> d.file().path().equals(path));
            if (!there.contains(path) && !pending.containsKey(path) && !isIngested) {
              pending.put(path, before.gone());
            }
          });
    }

    private void wait(State state, SourceFile file, String reason, Optional<Claim> claim) {
      pending.put(
          file.path(),
          Waits.of(
              state,
              extract.name(),
              file,
              reason,
              claim.flatMap(c -> c.manifest().extractDate()),
              claim.map(c -> c.manifest().path()),
              now));
    }

    private void keep(
        State state,
        SourceFile file,
        String reason,
        LocalDate date,
        Optional<Claim> claim,
        String content) {
      pending.put(
          file.path(),
          new Pending(
              extract.name(),
              file,
              state,
              reason,
              Optional.of(date),
              claim.map(c -> c.manifest().path()),
              Optional.of(content),
              now));
    }

    Plan plan(int found) {
      return new Plan(List.copyOf(ready.values()), told, List.copyOf(pending.values()), found);
    }
  }
}
