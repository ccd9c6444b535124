package org.assay.jobs.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.delivery.Load;
import org.assay.common.run.Fingerprint;

/** Writes deliveries as upstream would: CSV files with a manifest that lists them. */
final class LandingFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS_PER_PART = 2_000_000;

  private final Path landing;
  private final int parts;

  LandingFiles(Path landing, long people) {
    this.landing = landing;
    this.parts = (int) (1 + people / ROWS_PER_PART);
  }

  /**
   * A delivery.
   *
   * @param extract the extract
   * @param date its extract date
   * @param load FULL or DELTA
   * @param revision 0 unless it replaces another
   * @param encoding the character set of its files
   */
  record Sent(String extract, LocalDate date, Load load, int revision, String encoding) {
    static Sent full(String extract, LocalDate date) {
      return new Sent(extract, date, Load.FULL, 0, "UTF-8");
    }

    Sent as(Load other) {
      return new Sent(extract, date, other, revision, encoding);
    }

    Sent revised() {
      return new Sent(extract, date, load, revision + 1, encoding);
    }

    Sent in(String charset) {
      return new Sent(extract, date, load, revision, charset);
    }

    String name() {
      return "%s_%s_r%d".formatted(extract, date, revision);
    }
  }

  /** Writes a delivery whose manifest is right. */
  void write(Sent sent, Dataset<Row> rows) {
    write(sent, rows, 0);
  }

  /**
   * Writes a delivery whose manifest promises more rows than it has.
   *
   * @param more how many more
   */
  void write(Sent sent, Dataset<Row> rows, long more) {
    Path folder = landing.resolve(sent.extract());
    Path written = folder.resolve("_" + sent.name());
    try {
      Files.createDirectories(folder);
      rows.coalesce(parts)
          .write()
          .option("header", true)
          .option("encoding", sent.encoding())
          .option("maxRecordsPerFile", ROWS_PER_PART)
          .csv(written.toUri().toString());
      ObjectNode manifest = JSON.createObjectNode();
      manifest.put("extract", sent.extract());
      manifest.put("extract_date", sent.date().toString());
      manifest.put("load", sent.load().name());
      manifest.put("revision", sent.revision());
      manifest.put("exhaustive", sent.load() == Load.FULL);
      ArrayNode listed = manifest.putArray("parts");
      for (Path part : parts(written)) {
        Path to = folder.resolve("%s_p%d.csv".formatted(sent.name(), listed.size() + 1));
        Files.move(part, to);
        listed.add(part(to, more));
      }
      Files.writeString(
          folder.resolve(sent.name() + ".manifest.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
      delete(written);
    } catch (IOException e) {
      throw new UncheckedIOException("The delivery %s cannot be written".formatted(sent.name()), e);
    }
  }

  private static ObjectNode part(Path file, long more) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    ObjectNode part = JSON.createObjectNode();
    part.put("file", file.getFileName().toString());
    part.put("rows", lines - 1 + more);
    if (more == 0) {
      part.put("sha256", HexFormat.of().formatHex(digest.digest()));
    }
    return part;
  }

  private static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".csv")).sorted().toList();
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be deleted", e);
    }
  }

  /** As if a delivery had come at this time. */
  void cameAt(Sent sent, Instant time) {
    try (Stream<Path> files = Files.list(landing.resolve(sent.extract()))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(sent.name())).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The delivery %s cannot be dated".formatted(sent.name()), e);
    }
  }

  /** Writes a text beside the deliveries. */
  void text(String name, List<String> lines) {
    try {
      Files.createDirectories(landing);
      Files.write(landing.resolve(name), lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be written", e);
    }
  }
}
