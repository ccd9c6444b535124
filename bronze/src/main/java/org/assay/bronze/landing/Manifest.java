package org.assay.bronze.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.assay.common.delivery.Load;

/**
 * What the sender says of a delivery; {@code docs/manifest.schema.json} is its schema.
 *
 * @param path where it is
 * @param extract the extract it is about
 * @param extractDate the day the delivery speaks of
 * @param load FULL or DELTA
 * @param revision 0 unless it says otherwise
 * @param exhaustive whether what is absent no longer exists
 * @param supersedes names of files of the same date that it replaces
 * @param parts the files it is about; one of them, named after the manifest, where it lists none
 * @param isList whether it lists its parts
 */
record Manifest(
    String path,
    Optional<String> extract,
    Optional<LocalDate> extractDate,
    Optional<Load> load,
    long revision,
    boolean exhaustive,
    List<String> supersedes,
    List<Part> parts,
    boolean isList) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The fields it may have. */
  static final List<String> FIELDS =
      List.of(
          "extract",
          "extract_date",
          "load",
          "rows",
          "sha256",
          "exhaustive",
          "revision",
          "supersedes",
          "parts");

  /** The fields that a part may have. */
  static final List<String> PART_FIELDS = List.of("file", "rows", "sha256");

  /**
   * A file that it is about.
   *
   * @param file its name, in the folder of the manifest
   */
  record Part(String file, OptionalLong rows, Optional<String> sha256) {}

  /** A manifest that cannot be understood; it may still be being written. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String what) {
      super(what);
    }
  }

  /** The name of the one file that a manifest without parts is about. */
  static String fileOf(String manifestPath) {
    return manifestPath.substring(0, manifestPath.length() - Landing.MANIFEST.length());
  }

  /** The name of the manifest. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it says of each file something that it could be measured by. */
  boolean provesAll() {
    return parts.stream().allMatch(p -> p.rows().isPresent() || p.sha256().isPresent());
  }

  /** The path of a file in the manifest's folder. */
  String sibling(String file) {
    return path.substring(0, path.lastIndexOf('/') + 1) + file;
  }

  /** Whether what cannot be used as a manifest names this extract all the same. */
  static boolean names(String extract, byte[] bytes) {
    try {
      JsonNode root = JSON.readTree(bytes);
      return root != null && extract.equals(root.path("extract").textValue());
    } catch (IOException e) {
      return false; // not JSON: it names nobody
    }
  }

  /** Reads a manifest. */
  static Manifest read(String path, byte[] bytes) throws UnreadableException {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UnreadableException("it is not JSON");
    }
    if (root == null || !root.isObject()) {
      throw new UnreadableException("it is not a JSON object");
    }
    refuseUnknown(root, FIELDS);
    List<Part> parts = new ArrayList<>();
    boolean isList = root.has("parts");
    if (isList) {
      for (JsonNode part : list(root, "parts")) {
        refuseUnknown(part, PART_FIELDS);
        parts.add(
            new Part(
                text(part, "file").orElseThrow(() -> new UnreadableException("a part has no file")),
                number(part, "rows"),
                digest(part)));
      }
      refuseOther(number(root, "rows"), parts);
      if (root.has("sha256")) {
        throw new UnreadableException("sha256 stands beside parts; each part has its own");
      }
    } else {
      String file = fileOf(path);
      parts.add(
          new Part(file.substring(file.lastIndexOf('/') + 1), number(root, "rows"), digest(root)));
    }
    List<String> supersedes = new ArrayList<>();
    for (JsonNode file : list(root, "supersedes")) {
      supersedes.add(file.asText());
    }
    return new Manifest(
        path,
        text(root, "extract"),
        date(root),
        load(root),
        number(root, "revision").orElse(0),
        flag(root, "exhaustive"),
        supersedes,
        parts,
        isList);
  }

  private static void refuseUnknown(JsonNode node, List<String> known) throws UnreadableException {
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new UnreadableException(
            "\"%s\" is none of its fields (%s)".formatted(name, String.join(", ", known)));
      }
    }
  }

  private static void refuseOther(OptionalLong rows, List<Part> parts) throws UnreadableException {
    if (rows.isEmpty()) {
      return;
    }
    if (parts.stream().anyMatch(part -> part.rows().isEmpty())) {
      throw new UnreadableException("it has rows, and not each of its parts has");
    }
    long sum = parts.stream().mapToLong(part -> part.rows().getAsLong()).sum();
    if (sum != rows.getAsLong()) {
      throw new UnreadableException(
          "it says %d rows, and its parts have %d together".formatted(rows.getAsLong(), sum));
    }
  }

  private static Optional<String> text(JsonNode node, String field) throws UnreadableException {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new UnreadableException(field + " is not a text");
    }
    return Optional.of(value.textValue());
  }

  private static OptionalLong number(JsonNode node, String field) throws UnreadableException {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new UnreadableException(field + " is not a whole number from 0");
    }
    return OptionalLong.of(value.longValue());
  }

  private static boolean flag(JsonNode node, String field) throws UnreadableException {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new UnreadableException(field + " is not true or false");
    }
    return value.booleanValue();
  }

  private static JsonNode list(JsonNode node, String field) throws UnreadableException {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new UnreadableException(field + " is not a list");
    }
    return value;
  }

  private static Optional<String> digest(JsonNode node) throws UnreadableException {
    Optional<String> digest = text(node, "sha256").map(t -> t.toLowerCase(Locale.ROOT));
    if (digest.filter(d -> !d.matches("[0-9a-f]{64}")).isPresent()) {
      throw new UnreadableException("sha256 is not 64 hexadecimal digits");
    }
    return digest;
  }

  private static Optional<LocalDate> date(JsonNode root) throws UnreadableException {
    try {
      return text(root, "extract_date").map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw new UnreadableException("extract_date is not a date like 2026-03-31");
    }
  }

  private static Optional<Load> load(JsonNode root) throws UnreadableException {
    Optional<String> load = text(root, "load");
    if (load.isPresent()
        && Arrays.stream(Load.values()).noneMatch(l -> l.name().equals(load.get()))) {
      throw new UnreadableException("load is neither FULL nor DELTA");
    }
    return load.map(Load::valueOf);
  }
}
