package org.assay.silver.history;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assay.common.delivery.Load;

/**
 * The members of whom deliveries may say something new, so that nothing is derived of the others.
 * Whoever is changed is one of them; not everyone of them is changed.
 */
final class AffectedMembers implements AutoCloseable {
  /** With fewer rows than this, it is cheaper to look at all of them than to find out at which. */
  static final long FEW = 2_000_000;

  /** With more members than this, it is cheaper to look at everyone than to send them around. */
  static final long MOST = 500_000;

  private static final String SAID = "_said";
  private static final String STOOD = "_stood";

  private final Dimension dimension;
  private final Optional<Dataset<Row>> keys;

  private AffectedMembers(Dimension dimension, Optional<Dataset<Row>> keys) {
    this.dimension = dimension;
    this.keys = keys;
  }

  /** Everyone. */
  static AffectedMembers everyone(Dimension dimension) {
    return new AffectedMembers(dimension, Optional.empty());
  }

  /**
   * Finds them in one job, which compares each member once; close what is returned.
   *
   * @param told what the deliveries say of members: values and held rows, as {@link Events}
   * @param standing the versions that stand, as {@link Events}
   * @param most with more members than this, everyone is affected
   */
  static AffectedMembers of(
      Dimension dimension,
      Deliveries deliveries,
      Dataset<Row> told,
      Dataset<Row> standing,
      long most) {
    boolean isOne = deliveries.order().accepted().size() == 1;
    if (!isOne && !deliveries.closing().isEmpty()) {
      return everyone(dimension); // absent from one of them, if there in another
    }
    Dataset<Row> affected =
        isOne && deliveries.order().accepted().get(0).load() == Load.FULL
            ? changed(dimension, told, standing, !deliveries.closing().isEmpty())
            : told.select(named(dimension.key()));
    Dataset<Row> keys = affected.distinct().persist(StorageLevel.MEMORY_AND_DISK());
    if (keys.count() > most) {
      keys.unpersist();
      return everyone(dimension);
    }
    return new AffectedMembers(dimension, Optional.of(keys));
  }

  /** Who is told something else than what stands, or is new, or absent. */
  private static Dataset<Row> changed(
      Dimension dimension, Dataset<Row> told, Dataset<Row> standing, boolean closes) {
    Dataset<Row> said = values(dimension, told, SAID);
    Dataset<Row> stood =
        values(dimension, standing.filter(col(Events.IS_OPEN).or(Events.isHeld())), STOOD);
    return said.join(
            stood, dimension.key().toArray(String[]::new), closes ? "full_outer" : "left_outer")
        .filter(not(col(SAID).eqNullSafe(col(STOOD))))
        .select(named(dimension.key()));
  }

  private static Dataset<Row> values(Dimension dimension, Dataset<Row> events, String as) {
    List<Column> columns = new ArrayList<>(List.of(named(dimension.key())));
    columns.add(struct(Events.isHeld(), Versions.values(dimension.attributes())).as(as));
    return events.select(columns.toArray(Column[]::new));
  }

  /** The rows that are about these members. */
  Dataset<Row> of(Dataset<Row> rows) {
    return keys.map(
            members ->
                rows.join(broadcast(members), dimension.key().toArray(String[]::new), "left_semi"))
        .orElse(rows);
  }

  @Override
  public void close() {
    keys.ifPresent(Dataset::unpersist);
  }
}
