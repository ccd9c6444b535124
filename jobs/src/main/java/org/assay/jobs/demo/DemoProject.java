package org.assay.jobs.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.run.Fingerprint;

/** The project of the synthetic England: what is missing of it is written, what is there stays. */
public final class DemoProject {
  /** More people would have numbers that are kept for tests. */
  public static final long MOST_PEOPLE = People.MOST;

  private static final String CONFIGURATION = "assay.conf";
  private static final String KEY = "demo.key";

  private final Path folder;

  /**
   * @param folder where it is, or is made
   */
  public DemoProject(Path folder) {
    this.folder = folder;
  }

  /** Its configuration. */
  public Path configuration() {
    return folder.resolve(CONFIGURATION);
  }

  /** Where its deliveries are. */
  public Path landing() {
    return folder.resolve("landing");
  }

  /** The list of what is wrong with them. */
  public Path faults() {
    return landing().resolve("FAULTS.md");
  }

  /** Writes configuration and SQL, unless they are there. */
  public void writeConfiguration() {
    try {
      Files.createDirectories(folder);
      for (String name : List.of(CONFIGURATION, "residents.sql")) {
        if (!Files.exists(folder.resolve(name))) {
          try (InputStream text = DemoProject.class.getResourceAsStream(name)) {
            Files.copy(text, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
      if (!Files.exists(folder.resolve(KEY))) {
        Files.writeString(
            folder.resolve(KEY),
            Fingerprint.of("the key of people who do not exist"),
            StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The demo cannot be written to " + folder, e);
    }
  }

  /**
   * Writes the landing, unless it is there.
   *
   * @return whether it was written
   */
  public boolean writeLanding(SparkSession spark, long people, long seed) {
    if (Files.exists(faults())) {
      return false; // it is written last
    }
    EnglishLanding.write(spark, landing(), people, seed);
    return true;
  }
}
