package org.assay.silver.cohort;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assay.common.contract.SilverContract;
import org.assay.expectations.readiness.Reason;
import org.assay.silver.cohort.JudgedRegions.Judged;

/** Judgements as rows of {@code silver.<population>_readiness}. */
final class ReadinessRows {
  private ReadinessRows() {}

  static List<Row> of(List<Judged> judged) {
    return judged.stream().map(ReadinessRows::row).toList();
  }

  private static Row row(Judged judged) {
    return SilverContract.READINESS
        .row()
        .set("period", judged.key().period())
        .set("cohort", judged.key().outcome())
        .set("model", judged.model().name())
        .set("region", judged.key().region().orElse(null))
        .set("region_name", judged.name().orElse(null))
        .set("status", judged.readiness().status().name().toLowerCase(Locale.ROOT))
        .set("n", judged.total().n())
        .set("events", judged.total().events())
        .set(
            "factors",
            judged.readiness().factors().stream()
                .map(f -> RowFactory.create(f.name(), f.reference(), f.levels().toArray()))
                .toArray())
        .set(
            "adjustments",
            judged.readiness().adjustments().stream()
                .map(a -> RowFactory.create(a.factor(), a.level(), a.mergedInto().orElse(null)))
                .toArray())
        .set("reasons", judged.readiness().reasons().stream().map(ReadinessRows::reason).toArray())
        .set("compared_with", judged.comparedWith().orElse(null))
        .build();
  }

  private static Row reason(Reason reason) {
    return RowFactory.create(
        reason.code().name(),
        reason.sentence(),
        reason.factor().orElse(null),
        reason.level().orElse(null),
        reason.n(),
        reason.events());
  }
}
