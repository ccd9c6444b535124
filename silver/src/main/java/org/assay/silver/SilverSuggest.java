package org.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.State;
import org.assay.common.privacy.DataClass;
import org.assay.common.run.DataRefusedException;
import org.assay.common.table.Tables;
import org.assay.expectations.profile.ColumnProfile;
import org.assay.expectations.profile.Profiler;
import org.assay.expectations.profile.SuggestedSuite;
import org.assay.silver.conform.Conform;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;

/** Suggests expectations for an extract from its latest delivery. Changes nothing. */
public final class SilverSuggest {
  private static final long SHARED = 10;

  private SilverSuggest() {}

  /**
   * A suite to start from, as lines of a configuration, without values of columns that may identify
   * a person.
   *
   * @throws DataRefusedException if bronze has no delivery of the extract
   */
  public static List<String> suite(
      Tables tables,
      DeliveryRegister register,
      SilverSettings settings,
      String name,
      Profiler profiler) {
    ExtractRules extract = settings.extract(name);
    List<Shipment> shipments =
        Shipment.of(
            register.of(extract.name()).stream()
                .filter(delivery -> delivery.state() != State.SUPERSEDED)
                .toList());
    if (shipments.isEmpty()) {
      throw new DataRefusedException(
          "Bronze has no delivery of %s yet. Run the project first; what is refused there can be profiled too."
              .formatted(extract.name()));
    }
    Shipment latest = shipments.get(shipments.size() - 1);
    Dataset<Row> raw =
        RawRows.of(
            tables
                .read(extract.bronze())
                .filter(col(BronzeContract.DELIVERY_ID).isInCollection(latest.ids())),
            latest,
            extract);
    Dataset<Row> rows =
        Conform.rows(raw.filter(ExtractRules.JUDGED), extract, List.of())
            .select(named(extract.columnNames()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<String> lines = new ArrayList<>();
      lines.add("# of %s; read every line before it judges anything".formatted(latest.fileName()));
      lines.addAll(
          new SuggestedSuite(extract.suite().types())
              .lines(
                  rows.count(),
                  profiler.profile(rows, shown(extract)).stream()
                      .map(profile -> extract.hasIdentifiers() ? careful(profile) : profile)
                      .toList()));
      return lines;
    } finally {
      rows.unpersist();
    }
  }

  /**
   * Of an extract with identifiers any column may have one in the wrong place: only values that
   * many rows share and that have no number of any length are shown, and no range.
   */
  private static ColumnProfile careful(ColumnProfile profile) {
    Map<String, Long> shared = new TreeMap<>(profile.values());
    shared
        .entrySet()
        .removeIf(value -> value.getValue() < SHARED || value.getKey().matches("(?s).*\\d{4}.*"));
    return new ColumnProfile(
        profile.column(),
        profile.completeness(),
        profile.isUnique(),
        Optional.empty(),
        shared,
        shared.size() == profile.values().size());
  }

  private static List<String> shown(ExtractRules extract) {
    return extract.columns().stream()
        .filter(
            column ->
                column.dataClass() != DataClass.IDENTIFIER
                    && column.dataClass() != DataClass.QUASI_IDENTIFIER)
        .map(DeclaredColumn::name)
        .toList();
  }
}
