package org.assay.bronze.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assay.bronze.extract.BronzeColumns;
import org.assay.bronze.landing.Arrival;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.Receipt;
import org.assay.common.delivery.Delivery.Terms;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;

/**
 * What each commit of bronze says of the deliveries that it brings. It is committed with their
 * rows, so that a run which was killed before it could register them has lost nothing.
 */
final class DeliveryNote {
  /** The part of the commit's note. */
  static final String PART = "deliveries";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeliveryNote() {}

  static String write(List<Arrival> arrivals, BronzeColumns kept, Instant now) {
    ArrayNode all = JSON.createArrayNode();
    arrivals.forEach(arrival -> all.add(node(arrival, kept, now)));
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A note could not be written as JSON", e);
    }
  }

  private static ObjectNode node(Arrival arrival, BronzeColumns kept, Instant now) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", arrival.id());
    node.put("extract", arrival.extract());
    node.put("extract_date", arrival.extractDate().toString());
    node.put("load", arrival.load().name());
    node.put("revision", arrival.revision());
    node.put("part", arrival.part());
    node.put("path", arrival.file().path());
    node.put("bytes", arrival.file().bytes());
    node.put("modified_at", arrival.file().modifiedAt().toString());
    node.put("sha256", arrival.content());
    node.put("ingested_at", now.toString());
    arrival.terms().manifest().ifPresent(manifest -> node.put("manifest", manifest));
    arrival.terms().rows().ifPresent(rows -> node.put("manifest_rows", rows));
    arrival.terms().sha256().ifPresent(sha -> node.put("manifest_sha256", sha));
    node.put("exhaustive", arrival.terms().exhaustive());
    arrival.terms().supersedes().forEach(node.withArray("supersedes")::add);
    ArrayNode columns = node.putArray("columns");
    kept.kept(arrival.head())
        .forEach(
            column -> columns.addObject().put("name", column.name()).put("type", column.type()));
    return node;
  }

  /** The deliveries of a note, without a count of their rows. */
  static List<Delivery> read(String note, long version, String run) {
    try {
      List<Delivery> deliveries = new ArrayList<>();
      JSON.readTree(note).forEach(node -> deliveries.add(delivery(node, version, run)));
      return deliveries;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The note of bronze version " + version + " is no JSON", e);
    }
  }

  private static Delivery delivery(JsonNode node, long version, String run) {
    List<SourceColumn> columns = new ArrayList<>();
    node.path("columns")
        .forEach(c -> columns.add(new SourceColumn(text(c, "name"), text(c, "type"))));
    List<String> supersedes = new ArrayList<>();
    node.path("supersedes").forEach(file -> supersedes.add(file.textValue()));
    return new Delivery(
        text(node, "id"),
        text(node, "extract"),
        LocalDate.parse(text(node, "extract_date")),
        Load.valueOf(text(node, "load")),
        node.path("revision").longValue(),
        text(node, "part"),
        new SourceFile(
            text(node, "path"),
            node.path("bytes").longValue(),
            Instant.parse(text(node, "modified_at"))),
        text(node, "sha256"),
        new Terms(
            Optional.ofNullable(text(node, "manifest")),
            node.has("manifest_rows")
                ? OptionalLong.of(node.path("manifest_rows").longValue())
                : OptionalLong.empty(),
            Optional.ofNullable(text(node, "manifest_sha256")),
            node.path("exhaustive").booleanValue(),
            supersedes),
        new Receipt(0, 0, columns, version, Instant.parse(text(node, "ingested_at")), run),
        State.COMPLETE,
        "");
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}
