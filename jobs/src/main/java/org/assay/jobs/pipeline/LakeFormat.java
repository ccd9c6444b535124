package org.assay.jobs.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.config.Problem;

/** The version of a lake's layout, kept in one small file of the lake. */
public final class LakeFormat {
  /** The version that this program writes and reads. */
  public static final int CURRENT = 1;

  private static final String FILE = "assay-lake-format";

  private LakeFormat() {}

  /**
   * Makes sure that this program understands the lake; a folder without a lake becomes one.
   *
   * @throws InvalidSettingsException if the lake is of another version or cannot be written
   */
  public static void open(Path lake, Configuration hadoop) {
    try {
      FileSystem files = lake.getFileSystem(hadoop);
      Path file = new Path(lake, FILE);
      Optional<String> found = read(files, file);
      if (found.isEmpty()) {
        try (OutputStream out = files.create(file, false)) {
          out.write((CURRENT + "\n").getBytes(StandardCharsets.UTF_8));
        }
      } else if (!found.get().equals(Integer.toString(CURRENT))) {
        throw refused(
            "the lake at %s has format %s and this version of Assay reads format %d. Use the version that wrote it, or another lake."
                .formatted(lake, found.get(), CURRENT));
      }
    } catch (IOException e) {
      throw refused(
          "the lake at %s cannot be written (%s). Choose another lake.uri or ask for access."
              .formatted(lake, e.getMessage()));
    }
  }

  private static Optional<String> read(FileSystem files, Path file) throws IOException {
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  private static InvalidSettingsException refused(String sentence) {
    return new InvalidSettingsException(
        java.util.List.of(new Problem("lake", 0, "assay.lake.uri", sentence)));
  }
}
