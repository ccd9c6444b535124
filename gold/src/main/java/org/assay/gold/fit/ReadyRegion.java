package org.assay.gold.fit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Model;
import org.assay.common.run.Fingerprint;
import org.assay.common.spark.CellTables;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.RegionReadiness;
import org.assay.expectations.readiness.RegionReadiness.Status;

/**
 * A row of {@code silver.<population>_readiness}: what silver decided about a region and model.
 *
 * @param key period, cohort and region
 * @param model the model's name
 * @param n people in the region
 * @param events events among them
 * @param readiness the decision
 * @param name the name by which people know the region, if it has one
 */
public record ReadyRegion(
    CellTables.Key key,
    String model,
    long n,
    long events,
    RegionReadiness readiness,
    Optional<String> name) {

  /** Reads a row of the table. */
  public static ReadyRegion of(Row row) {
    List<Row> factors = row.getList(row.fieldIndex("factors"));
    List<Row> adjustments = row.getList(row.fieldIndex("adjustments"));
    List<Row> reasons = row.getList(row.fieldIndex("reasons"));
    Optional<String> region = Optional.ofNullable(row.getAs("region"));
    return new ReadyRegion(
        new CellTables.Key(row.getAs("period"), row.getAs("cohort"), region),
        row.getAs("model"),
        row.<Long>getAs("n"),
        row.<Long>getAs("events"),
        new RegionReadiness(
            Status.valueOf(row.<String>getAs("status").toUpperCase(Locale.ROOT)),
            factors.stream()
                .map(f -> new ModelFactor(f.getString(0), f.getString(1), f.getList(2)))
                .toList(),
            adjustments.stream()
                .map(
                    a ->
                        new Adjustment(
                            a.getString(0), a.getString(1), Optional.ofNullable(a.getString(2))))
                .toList(),
            reasons.stream().map(ReadyRegion::reason).toList()),
        Optional.ofNullable(row.getAs("region_name")));
  }

  /** Whether it is one of the regions that there are. */
  public boolean isListed() {
    return key.region().isPresent()
        && readiness.reasons().stream()
            .noneMatch(
                r ->
                    r.code() == ReasonCode.REGION_UNKNOWN
                        || r.code() == ReasonCode.REGION_UNLISTED);
  }

  /** The terms of a model that the region can have. */
  public List<DesignTerm> formula(Model model) {
    return DesignTerm.of(
        readiness.factors(),
        model.interactions().stream()
            .filter(interaction -> !isLeftOut(interaction))
            .map(interaction -> List.of(interaction.first(), interaction.second()))
            .toList());
  }

  private boolean isLeftOut(Model.Interaction interaction) {
    return readiness.reasons().stream()
        .filter(reason -> reason.code() == ReasonCode.INTERACTION_LEFT_OUT)
        .anyMatch(reason -> reason.factor().filter(interaction.label()::equals).isPresent());
  }

  /** Digest of factors, references, levels, merges, terms, strata and link: what they mean. */
  public String design(Model model) {
    List<Adjustment> merges =
        readiness.adjustments().stream().filter(a -> a.mergedInto().isPresent()).toList();
    return Fingerprint.of(
        readiness.factors(),
        merges,
        formula(model).stream().map(DesignTerm::factors).toList(),
        model.strata(),
        model.family(),
        model.link(),
        model.method());
  }

  private static Reason reason(Row row) {
    return new Reason(
        ReasonCode.valueOf(row.getString(0)),
        row.getString(1),
        Optional.ofNullable(row.getString(2)),
        Optional.ofNullable(row.getString(3)),
        row.getLong(4),
        row.getLong(5));
  }
}
