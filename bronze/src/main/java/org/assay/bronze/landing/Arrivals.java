package org.assay.bronze.landing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.ExtractReader;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.SourceFile;

/** Tells what is new in landing. */
public final class Arrivals {
  private final Landing landing;
  private final ExtractReader reader;
  private final List<Delivery> known;

  /**
   * @param known the deliveries that are in bronze
   */
  public Arrivals(SparkSession spark, List<Delivery> known) {
    this.landing = new Landing(spark.sparkContext().hadoopConfiguration());
    this.reader = new ExtractReader(spark);
    this.known = List.copyOf(known);
  }

  /** The files of an extract that are not in bronze; a known file is not even opened. */
  public List<Arrival> of(Extract extract) {
    List<Delivery> before =
        known.stream()
            .filter(d -> d.extract().equals(extract.name()))
            .filter(d -> d.extractDate().equals(extract.extractDate()))
            .toList();
    List<Arrival> arrivals = new ArrayList<>();
    List<SourceFile> inLanding = landing.files(extract);
    for (SourceFile file : inLanding) {
      if (before.stream().noneMatch(delivery -> delivery.file().equals(file))) {
        Optional<SourceFile> rival =
            Stream.concat(
                    before.stream().map(Delivery::file).filter(inLanding::contains),
                    arrivals.stream().map(Arrival::file))
                .findFirst();
        Optional.of(arrival(extract, file, rival))
            .filter(a -> before.stream().noneMatch(delivery -> delivery.id().equals(a.id())))
            .filter(a -> arrivals.stream().noneMatch(other -> other.id().equals(a.id())))
            .ifPresent(arrivals::add); // the same content under another name is not new
      }
    }
    return arrivals;
  }

  private Arrival arrival(Extract extract, SourceFile file, Optional<SourceFile> rival) {
    String content = landing.digest(file);
    return new Arrival(
        Delivery.id(extract.name(), extract.extractDate(), content),
        file,
        content,
        reader.peek(extract.format(), file.path()),
        rival);
  }
}
