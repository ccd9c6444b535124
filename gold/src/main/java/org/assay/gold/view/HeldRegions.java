package org.assay.gold.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.contract.SilverContract;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.gold.fit.RegionFit;

/** Keeps {@code quarantine.regions}: written once per run, and only if something is new. */
public final class HeldRegions {
  private static final TableName TABLE = TableName.quarantine("regions");

  private HeldRegions() {}

  /**
   * Brings the table up to date.
   *
   * @param cohorts the cohorts that were fitted, or are no longer configured
   * @param fits what came of them
   */
  public static void update(
      RunContext context, Set<String> cohorts, List<RegionFit> fits, Step step) {
    Optional<TableState> state = context.tables().state(TABLE);
    Map<String, HeldRegion> before =
        state.isEmpty()
            ? Map.of()
            : byId(
                context.tables().read(TABLE).collectAsList().stream().map(HeldRegion::of).toList());
    Instant now = context.journal().started();
    Map<String, HeldRegion> after = after(before, cohorts, fits, now);
    if (!after.equals(before)) {
      Dataset<Row> rows =
          SilverContract.QUARANTINE_REGIONS.rows(
              context.spark(), after.values().stream().map(HeldRegion::toRow).toList());
      step.wrote(state, context.tables().overwrite(TABLE, rows, step.note()));
    }
  }

  static Map<String, HeldRegion> after(
      Map<String, HeldRegion> before, Set<String> cohorts, List<RegionFit> fits, Instant now) {
    Map<String, HeldRegion> held =
        byId(ModelFits.held(fits).stream().map(fit -> HeldRegion.of(fit, now)).toList());
    Map<String, HeldRegion> after = new TreeMap<>(held);
    before.forEach(
        (id, old) -> {
          if (held.containsKey(id)) {
            after.put(id, old.seenAgain(held.get(id)));
          } else {
            after.put(id, cohorts.contains(old.key().outcome()) ? old.resolved(now) : old);
          }
        });
    return after;
  }

  private static Map<String, HeldRegion> byId(List<HeldRegion> regions) {
    return regions.stream()
        .collect(Collectors.toMap(HeldRegion::id, Function.identity(), (a, b) -> b, TreeMap::new));
  }
}
