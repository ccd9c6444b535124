package org.assay.bronze;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assay.common.run.Sentences.count;
import static org.assay.common.spark.Columns.named;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.bronze.extract.DamagedFile;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.ExtractReader;
import org.assay.bronze.landing.Arrival;
import org.assay.bronze.landing.Arrivals;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.RunContext;
import org.assay.common.run.Stage;
import org.assay.common.run.Step;
import org.assay.common.table.TableState;

/** Bronze's door: appends each delivery that is not there yet, as it came, and registers it. */
public final class BronzeIngest implements Stage {
  private final BronzeSettings settings;
  private final DeliveryRegister register;

  /**
   * @param register the deliveries of the lake
   */
  public BronzeIngest(BronzeSettings settings, DeliveryRegister register) {
    this.settings = requireNonNull(settings, "settings is null");
    this.register = requireNonNull(register, "register is null");
  }

  @Override
  public void run(RunContext context) {
    List<Delivery> known = register.all();
    for (Extract extract : settings.extracts()) {
      List<Arrival> arrivals = new Arrivals(context.spark(), known).of(extract);
      if (!arrivals.isEmpty()) {
        context
            .journal()
            .step("bronze", extract.name(), step -> ingest(context, extract, arrivals, step));
      }
    }
  }

  /**
   * Looks at the header of each file in landing; reads no row and writes nothing.
   *
   * @throws DataRefusedException for the first file that could not be ingested
   */
  public static void checkHeaders(BronzeSettings settings, SparkSession spark) {
    Arrivals arrivals = new Arrivals(spark, List.of());
    for (Extract extract : settings.extracts()) {
      arrivals.of(extract).forEach(arrival -> arrival.refuseIfUnfit(extract));
    }
  }

  private List<Delivery> ingest(
      RunContext context, Extract extract, List<Arrival> arrivals, Step step) {
    List<Delivery> ingested = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      arrival.refuseIfUnfit(extract);
    }
    for (Arrival arrival : arrivals) {
      Delivery delivery = append(context, extract, arrival, step);
      step.wrote(Optional.empty(), register.add(delivery, context.journal().run(), step));
      ingested.add(delivery);
    }
    step.say("%s", count(ingested.size(), "delivery", "deliveries"));
    step.say("%s", count(ingested.stream().mapToLong(Delivery::rows).sum(), "row", "rows"));
    return ingested;
  }

  private static Delivery append(RunContext context, Extract extract, Arrival arrival, Step step) {
    Instant now = context.clock().instant();
    Dataset<Row> rows =
        new ExtractReader(context.spark())
            .rows(extract.format(), arrival.file().path(), arrival.columns())
            .select(provenance(extract, arrival, now));
    Optional<TableState> before = context.tables().state(extract.table());
    if (before.isPresent() && extract.format() == Extract.Format.PARQUET) {
      refuseChangedTypes(context.tables().read(extract.table()).schema(), rows.schema(), arrival);
    }
    TableState after =
        DamagedFile.refusing(
            arrival.file().path(),
            () ->
                context
                    .tables()
                    .appendOnce(extract.table(), rows, step.note(), "delivery-" + arrival.id()));
    step.wrote(before, after);
    return new Delivery(
        arrival.id(),
        extract.name(),
        extract.extractDate(),
        arrival.file(),
        arrival.content(),
        after.rows(),
        after.dataVersion(),
        now);
  }

  private static void refuseChangedTypes(StructType known, StructType now, Arrival arrival) {
    for (StructField field : now.fields()) {
      Arrays.stream(known.fields())
          .filter(before -> before.name().equalsIgnoreCase(field.name()))
          .filter(before -> !before.dataType().sameType(field.dataType()))
          .findFirst()
          .ifPresent(
              before -> {
                throw new DataRefusedException(
                    "%s has \"%s\" as %s, and earlier deliveries had it as %s. Ask for the file with the earlier type."
                        .formatted(
                            new Path(arrival.file().path()).getName(),
                            field.name(),
                            field.dataType().typeName(),
                            before.dataType().typeName()));
              });
    }
  }

  private static Column[] provenance(Extract extract, Arrival arrival, Instant now) {
    Stream<Column> own =
        Stream.of(
            lit(arrival.id()).as(BronzeContract.DELIVERY_ID),
            lit(extract.extractDate()).as(BronzeContract.EXTRACT_DATE),
            lit(new Path(arrival.file().path()).getName()).as(BronzeContract.SOURCE_FILE),
            col(BronzeContract.ROW_NUMBER),
            lit(now).as(BronzeContract.INGESTED_AT),
            col(BronzeContract.RESCUED));
    Stream<Column> source = arrival.columns().stream().map(name -> named(name));
    return Stream.concat(own, source).toArray(Column[]::new);
  }
}
