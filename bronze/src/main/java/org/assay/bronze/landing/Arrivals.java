package org.assay.bronze.landing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.extract.BronzeColumns;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.FileFault;
import org.assay.bronze.extract.HeadReader;
import org.assay.bronze.landing.Landing.Listing;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Pending;

/** Tells what is new in an extract's landing, and what of it is fit to be ingested. */
public final class Arrivals {
  private final Extract extract;
  private final Landing landing;
  private final HeadReader heads;
  private final Door door;
  private final Clock clock;

  /**
   * @param bronze the columns that bronze has
   */
  public Arrivals(SparkSession spark, Clock clock, Extract extract, BronzeColumns bronze) {
    this.extract = extract;
    this.landing = new Landing(spark.sparkContext().hadoopConfiguration());
    this.heads = new HeadReader(spark);
    this.door = new Door(extract, bronze);
    this.clock = clock;
  }

  /**
   * What is to be done about these files, and about those that waited before.
   *
   * @param deliveries those that are in bronze
   * @param waiting what was found in landing before
   * @param isNew whether a path is one that nobody has looked at; what is said of files that are
   *     known, or have a manifest, is always heard
   */
  public Plan plan(List<Delivery> deliveries, List<Pending> waiting, Predicate<String> isNew) {
    Known known = new Known(deliveries, waiting);
    Listing listing = landing.list(extract.path());
    Claims claims = Claims.read(landing, extract, listing);
    Planning planning = new Planning(extract, landing, heads, door, claims, known, clock.instant());
    for (LandedFile landed : listing.files()) {
      String path = landed.file().path();
      // what a manifest or the configuration says may be new although its name is not, and no
      // stream tells empty files
      boolean isEmpty = landed.file().bytes() == 0;
      boolean isKnown = known.waited(path) || known.hasFile(landed.file());
      if (isNew.test(path) || isEmpty || isKnown || claims.of(path).isPresent()) {
        planning.look(landed);
      }
    }
    Set<String> there =
        listing.files().stream().map(f -> f.file().path()).collect(Collectors.toSet());
    planning.missing(there);
    planning.gone(there);
    return planning.plan(listing.files().size());
  }

  /** Why files in landing could not be ingested, as far as their heads tell. Reads nothing else. */
  public List<String> refusedHeads() {
    List<String> refused = new ArrayList<>();
    List<LandedFile> files = landing.list(extract.path()).files();
    for (LandedFile landed : files) {
      String path = landed.file().path();
      try {
        door.refusal(landed.file().name(), heads.head(extract, path), extract.load() == Load.DELTA)
            .ifPresent(refused::add);
      } catch (FileFault fault) {
        refused.add(fault.getMessage());
      }
    }
    if (files.isEmpty()) {
      refused.add(nothing(extract));
    }
    return refused;
  }

  /** That there is no file. */
  public static String nothing(Extract extract) {
    return "Extract %s has no file at %s. Check extracts.%1$s.path, or wait for the delivery."
        .formatted(extract.name(), extract.path().text());
  }
}
