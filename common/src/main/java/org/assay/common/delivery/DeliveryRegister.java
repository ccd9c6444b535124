package org.assay.common.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.OpsContract;
import org.assay.common.run.Step;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;

/**
 * The deliveries in bronze, kept in {@code ops.deliveries}. Reads the table once; used by one
 * thread of one run.
 */
public final class DeliveryRegister {
  private static final TableName TABLE = TableName.ops("deliveries");

  private final SparkSession spark;
  private final Tables tables;
  private List<Delivery> known;

  public DeliveryRegister(SparkSession spark, Tables tables) {
    this.spark = spark;
    this.tables = tables;
  }

  /** All deliveries, in the order of extract, extract date and arrival. */
  public List<Delivery> all() {
    if (known == null) {
      known = sorted(read());
    }
    return known;
  }

  /** The deliveries of one extract, in the order of extract date and arrival. */
  public List<Delivery> of(String extract) {
    return all().stream().filter(delivery -> delivery.extract().equals(extract)).toList();
  }

  /** Adds a delivery, in one commit. */
  public TableState add(Delivery delivery, String run, Step step) {
    Row row =
        OpsContract.DELIVERIES
            .row()
            .set("delivery_id", delivery.id())
            .set("extract", delivery.extract())
            .set("extract_date", delivery.extractDate())
            .set("source_file", delivery.file().path())
            .set("bytes", delivery.file().bytes())
            .set("modified_at", delivery.file().modifiedAt())
            .set("sha256", delivery.content())
            .set("rows", delivery.rows())
            .set("state", "complete")
            .set("bronze_version", delivery.bronzeVersion())
            .set("ingested_at", delivery.ingestedAt())
            .set("run_id", run)
            .build();
    List<Delivery> before = all();
    TableState after =
        tables.appendOnce(
            TABLE,
            OpsContract.DELIVERIES.rows(spark, List.of(row)),
            step.note(),
            "registered-" + delivery.id());
    known = sorted(Stream.concat(before.stream(), Stream.of(delivery)));
    return after;
  }

  private Stream<Delivery> read() {
    return tables.state(TABLE).isEmpty()
        ? Stream.empty()
        : tables.read(TABLE).collectAsList().stream().map(DeliveryRegister::delivery);
  }

  private static List<Delivery> sorted(Stream<Delivery> deliveries) {
    return deliveries
        .sorted(
            Comparator.comparing(Delivery::extract)
                .thenComparing(Delivery::extractDate)
                .thenComparingLong(Delivery::bronzeVersion))
        .toList();
  }

  private static Delivery delivery(Row row) {
    return new Delivery(
        row.getAs("delivery_id"),
        row.getAs("extract"),
        row.<LocalDate>getAs("extract_date"),
        new Delivery.SourceFile(
            row.getAs("source_file"), row.<Long>getAs("bytes"), row.<Instant>getAs("modified_at")),
        row.getAs("sha256"),
        row.<Long>getAs("rows"),
        row.<Long>getAs("bronze_version"),
        row.<Instant>getAs("ingested_at"));
  }
}
