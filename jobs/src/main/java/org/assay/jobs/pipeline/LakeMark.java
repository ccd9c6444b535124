package org.assay.jobs.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.config.Problem;

/** A one-line file in a lake's folder that says something about the lake as a whole. */
final class LakeMark {
  private final Path lake;
  private final Path file;
  private final Configuration hadoop;

  LakeMark(Path lake, String name, Configuration hadoop) {
    this.lake = lake;
    this.file = new Path(lake, name);
    this.hadoop = hadoop;
  }

  /**
   * What it says; a lake without the mark gets it.
   *
   * @throws InvalidSettingsException if the lake cannot be written
   */
  String readOrWrite(String text) {
    try {
      FileSystem files = lake.getFileSystem(hadoop);
      Optional<String> found = read(files);
      if (found.isEmpty()) {
        try (OutputStream out = files.create(file, true)) {
          out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      return found.orElse(text);
    } catch (IOException e) {
      throw unwritable(lake.toString());
    }
  }

  /** What it says; empty if it is not there. */
  Optional<String> read() {
    try {
      return read(lake.getFileSystem(hadoop));
    } catch (IOException e) {
      throw refused(
          "lake",
          "assay.lake.uri",
          "the lake at %s cannot be read. Check lake.uri, or ask for access.".formatted(lake));
    }
  }

  private Optional<String> read(FileSystem files) throws IOException {
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
          .filter(text -> !text.isEmpty()); // a process that died between creating and writing
    }
  }

  /** A lake that cannot be written. */
  static InvalidSettingsException unwritable(String lake) {
    return refused(
        "lake",
        "assay.lake.uri",
        "the lake at %s cannot be written. Choose another lake.uri, or ask for access."
            .formatted(lake));
  }

  /** A lake, or a key, that does not fit this run. */
  static InvalidSettingsException refused(String what, String key, String sentence) {
    return new InvalidSettingsException(List.of(new Problem(what, 0, key, sentence)));
  }
}
