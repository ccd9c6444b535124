package org.assay.common.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assay.common.contract.OpsContract;

/** Books as rows of {@code ops.deliveries}, and back. */
final class DeliveryRows {
  private DeliveryRows() {}

  static List<Row> of(Book book) {
    List<Row> rows = new ArrayList<>();
    book.deliveries().forEach(delivery -> rows.add(row(delivery)));
    book.pending().forEach(pending -> rows.add(row(pending)));
    return rows;
  }

  static Map<String, Book> books(List<Row> rows) {
    Map<String, List<Row>> byExtract = new TreeMap<>();
    rows.forEach(
        row -> byExtract.computeIfAbsent(row.getAs("extract"), name -> new ArrayList<>()).add(row));
    Map<String, Book> books = new TreeMap<>();
    byExtract.forEach((extract, of) -> books.put(extract, book(of)));
    return books;
  }

  private static Book book(List<Row> rows) {
    return new Book(
        rows.stream()
            .filter(row -> row.getAs("bronze_version") != null)
            .map(DeliveryRows::delivery)
            .sorted(Standings.inOrder())
            .toList(),
        rows.stream()
            .filter(row -> row.getAs("bronze_version") == null)
            .map(DeliveryRows::pending)
            .toList());
  }

  private static Row row(Delivery d) {
    return OpsContract.DELIVERIES
        .row()
        .set("delivery_id", d.id())
        .set("extract", d.extract())
        .set("extract_date", d.extractDate())
        .set("load", d.load().name())
        .set("revision", d.revision())
        .set("part", d.part())
        .set("state", d.state().text())
        .set("reason", d.reason().isEmpty() ? null : d.reason())
        .set("source_file", d.file().path())
        .set("bytes", d.file().bytes())
        .set("modified_at", d.file().modifiedAt())
        .set("sha256", d.content())
        .set("manifest", d.terms().manifest().orElse(null))
        .set("manifest_rows", boxed(d.terms().rows()))
        .set("manifest_sha256", d.terms().sha256().orElse(null))
        .set("exhaustive", d.terms().exhaustive())
        .set("supersedes", d.terms().supersedes().toArray())
        .set("rows", d.receipt().rows())
        .set("malformed_rows", d.receipt().malformed())
        .set(
            "columns",
            d.receipt().columns().stream()
                .map(column -> RowFactory.create(column.name(), column.type()))
                .toArray())
        .set("bronze_version", d.receipt().bronzeVersion())
        .set("seen_at", d.receipt().ingestedAt())
        .set("run_id", d.receipt().run())
        .set("described_at", d.receipt().describedAt())
        .build();
  }

  private static Row row(Pending p) {
    return OpsContract.DELIVERIES
        .row()
        .set("delivery_id", p.id())
        .set("extract", p.extract())
        .set("extract_date", p.extractDate().orElse(null))
        .set("load", p.load().name())
        .set("revision", p.revision())
        .set("part", p.part())
        .set("state", p.state().text())
        .set("reason", p.reason())
        .set("source_file", p.file().path())
        .set("bytes", p.file().bytes())
        .set("modified_at", p.file().modifiedAt())
        .set("sha256", p.content().orElse(null))
        .set("manifest", p.manifest().orElse(null))
        .set("manifest_rows", null)
        .set("manifest_sha256", null)
        .set("exhaustive", null)
        .set("supersedes", null)
        .set("rows", null)
        .set("malformed_rows", null)
        .set("columns", null)
        .set("bronze_version", null)
        .set("seen_at", p.firstSeen())
        .set("run_id", null)
        .set("described_at", null)
        .build();
  }

  private static Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static SourceFile file(Row row) {
    return new SourceFile(
        row.getAs("source_file"), row.<Long>getAs("bytes"), row.<Instant>getAs("modified_at"));
  }

  private static Delivery delivery(Row row) {
    Long rows = row.getAs("manifest_rows");
    return new Delivery(
        row.getAs("delivery_id"),
        row.getAs("extract"),
        row.<LocalDate>getAs("extract_date"),
        Load.valueOf(row.getAs("load")),
        row.<Long>getAs("revision"),
        row.getAs("part"),
        file(row),
        row.getAs("sha256"),
        new Delivery.Terms(
            Optional.ofNullable(row.getAs("manifest")),
            rows == null ? OptionalLong.empty() : OptionalLong.of(rows),
            Optional.ofNullable(row.getAs("manifest_sha256")),
            row.<Boolean>getAs("exhaustive"),
            row.getList(row.fieldIndex("supersedes"))),
        new Delivery.Receipt(
            row.<Long>getAs("rows"),
            row.<Long>getAs("malformed_rows"),
            row.<Row>getList(row.fieldIndex("columns")).stream()
                .map(column -> new SourceColumn(column.getString(0), column.getString(1)))
                .toList(),
            row.<Long>getAs("bronze_version"),
            row.<Instant>getAs("seen_at"),
            row.getAs("run_id"),
            describedAt(row)),
        State.of(row.getAs("state")),
        Optional.<String>ofNullable(row.getAs("reason")).orElse(""));
  }

  /** Lakes of before have no such column until it is written. */
  private static Instant describedAt(Row row) {
    boolean isThere = List.of(row.schema().fieldNames()).contains("described_at");
    Instant described = isThere ? row.getAs("described_at") : null;
    return described == null ? row.getAs("seen_at") : described;
  }

  private static Pending pending(Row row) {
    // null in lakes of before; until landing is looked at again, the load that least replaces
    Load load =
        Optional.<String>ofNullable(row.getAs("load")).map(Load::valueOf).orElse(Load.DELTA);
    return new Pending(
        row.getAs("extract"),
        file(row),
        State.of(row.getAs("state")),
        row.getAs("reason"),
        Optional.ofNullable(row.<LocalDate>getAs("extract_date")),
        load,
        row.<Long>getAs("revision"),
        Optional.<String>ofNullable(row.getAs("part")).orElse(""),
        Optional.ofNullable(row.getAs("manifest")),
        Optional.ofNullable(row.getAs("sha256")),
        row.<Instant>getAs("seen_at"));
  }
}
