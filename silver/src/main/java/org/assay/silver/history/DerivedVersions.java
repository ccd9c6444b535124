package org.assay.silver.history;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assay.silver.history.Dimension.Type;

/**
 * The versions that follow from deliveries: of all members, or of those of whom something is new.
 * They are kept while they are needed.
 *
 * @param rows as {@link Versions} has them, also those that the table does not keep
 * @param affected whom they are about
 */
record DerivedVersions(Dataset<Row> rows, AffectedMembers affected) implements AutoCloseable {

  /** Those of all members. */
  static DerivedVersions anew(
      Dimension dimension, Deliveries deliveries, Dataset<Row> silver, HeldMembers held) {
    Events events = new Events(dimension, deliveries);
    Dataset<Row> values = events.values(silver);
    Dataset<Row> whole = withHeld(values, values, events, deliveries, held);
    Dataset<Row> corrected = new Corrections(dimension, deliveries).of(events.withAbsence(whole));
    return persisted(Versions.of(corrected, dimension), AffectedMembers.everyone(dimension));
  }

  /**
   * Those of members of whom deliveries say something new.
   *
   * @param silver accepted rows
   * @param table the dimension as it stands
   * @param isMuch whether it is worth finding out of whom before anything is derived
   */
  static DerivedVersions since(
      Dataset<Row> table,
      Dimension dimension,
      Deliveries deliveries,
      Dataset<Row> silver,
      HeldMembers held,
      boolean isMuch) {
    Events events = new Events(dimension, deliveries);
    Dataset<Row> values = events.values(silver);
    // of type 1 every member, which may come again
    Dataset<Row> standing =
        events.standing(
            dimension.type() == Type.VERSIONS ? table.filter(Versions.isOpen()) : table);
    AffectedMembers affected =
        isMuch
            ? AffectedMembers.of(
                dimension,
                deliveries,
                withHeld(values, values.unionByName(standing), events, deliveries, held),
                standing,
                AffectedMembers.MOST)
            : AffectedMembers.everyone(dimension);
    Dataset<Row> known = affected.of(values).unionByName(affected.of(standing));
    Dataset<Row> whole = withHeld(known, known, events, deliveries, held);
    return persisted(Versions.of(events.changed(events.withAbsence(whole)), dimension), affected);
  }

  /**
   * @param members rows of whoever a held row may be about
   */
  private static Dataset<Row> withHeld(
      Dataset<Row> events,
      Dataset<Row> members,
      Events of,
      Deliveries deliveries,
      HeldMembers held) {
    return held.rows(members)
        .map(rows -> rows.filter(col("delivery_id").isInCollection(deliveries.ids())))
        .map(rows -> events.unionByName(of.held(rows, members)))
        .orElse(events);
  }

  private static DerivedVersions persisted(Dataset<Row> versions, AffectedMembers affected) {
    return new DerivedVersions(versions.persist(StorageLevel.MEMORY_AND_DISK()), affected);
  }

  /** Those that the table keeps. */
  Dataset<Row> kept() {
    return rows.filter(col(Versions.IS_KEPT));
  }

  @Override
  public void close() {
    rows.unpersist();
    affected.close();
  }
}
