package org.assay.jobs.pipeline;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.assay.common.config.InvalidSettingsException;

/** The version of a lake's layout. */
public final class LakeFormat {
  /** The version that this program writes and reads. */
  public static final int CURRENT = 3;

  private static final String MARK = "assay-lake-format";

  private LakeFormat() {}

  /**
   * Makes sure that this program understands the lake; a folder without a lake becomes one.
   *
   * @throws InvalidSettingsException if the lake is of another version or cannot be written
   */
  public static void open(Path lake, Configuration hadoop) {
    String current = Integer.toString(CURRENT);
    refuseOther(lake, new LakeMark(lake, MARK, hadoop).readOrWrite(current));
  }

  /**
   * Makes sure that this program understands the lake, and changes nothing.
   *
   * @throws InvalidSettingsException if there is no lake, or one of another version
   */
  public static void look(Path lake, Configuration hadoop) {
    Optional<String> found = new LakeMark(lake, MARK, hadoop).read();
    if (found.isEmpty()) {
      throw LakeMark.refused(
          "lake",
          "assay.lake.uri",
          "there is no lake at %s yet. Run the project first, or check lake.uri and --lake."
              .formatted(lake));
    }
    refuseOther(lake, found.get());
  }

  /** The problem of a lake that cannot be written. */
  public static InvalidSettingsException unwritable(String lake) {
    return LakeMark.unwritable(lake);
  }

  private static void refuseOther(Path lake, String found) {
    if (!found.equals(Integer.toString(CURRENT))) {
      throw LakeMark.refused(
          "lake",
          "assay.lake.uri",
          "the lake at %s has format %s and this version of Assay reads format %d. Use the version that wrote it, or another lake."
              .formatted(lake, found, CURRENT));
    }
  }
}
