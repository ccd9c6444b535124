package org.assay.silver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Settings;

/** Reads what silver needs of a configuration that a test holds as a text. */
public final class SilverConf {
  private SilverConf() {}

  /** Writes it to {@code assay.conf} in the folder and reads it. */
  public static SilverSettings read(Path folder, String conf) {
    Path file = folder.resolve("assay.conf");
    try {
      Files.writeString(file, conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Settings.load(
        file,
        Map.of(),
        Map.of(),
        root -> {
          root.optionalSection("spark").ifPresent(section -> section.text("master"));
          return SilverSettings.from(root, Cohorts.from(root));
        });
  }
}
