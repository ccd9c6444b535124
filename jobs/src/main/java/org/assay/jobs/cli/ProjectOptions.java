package org.assay.jobs.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assay.jobs.Project;
import picocli.CommandLine.Option;

/** The options that say which project and lake a command is about. */
final class ProjectOptions {
  @Option(
      names = {"-c", "--conf"},
      required = true,
      paramLabel = "FILE",
      description = "The project's configuration.")
  private Path file;

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "Another lake than the configuration's lake.uri.")
  private String lake;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another value for a key below assay, such as readiness.min_cohort=1000.")
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Reads the project. */
  Project project() {
    Map<String, String> overrides = new LinkedHashMap<>(values);
    if (lake != null) {
      overrides.put("lake.uri", lake);
    }
    return Project.load(file, overrides, System.getenv());
  }

  /** The configuration, as it was given. */
  Path file() {
    return file;
  }
}
