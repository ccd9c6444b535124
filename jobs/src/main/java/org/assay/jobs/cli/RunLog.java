package org.assay.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.assay.common.config.InvalidSettingsException;
import org.assay.jobs.pipeline.LakeFormat;

/**
 * Where the log of a run goes: a file in the lake's {@code logs}, never the terminal. For a lake
 * that is not on a local disk it is a file in the temporary folder.
 */
final class RunLog {
  private static Optional<Path> current = Optional.empty();

  private RunLog() {}

  /**
   * Sends everything that is logged from now on to a file; call it before Spark starts.
   *
   * @throws InvalidSettingsException if the lake cannot be written
   */
  static Path open(String lake, String run) {
    Path file = folder(lake).resolve(run + ".log");
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (IOException e) {
      throw LakeFormat.unwritable(lake);
    }
    Configurator.reconfigure(configuration(file));
    current = Optional.of(file);
    return file;
  }

  /** Logs nothing from now on: what only reads a lake leaves nothing in it. */
  static void none() {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder
        .setStatusLevel(Level.ERROR)
        .add(builder.newAppender("nowhere", "Null")) // without one Spark brings its own
        .add(builder.newRootLogger(Level.OFF).add(builder.newAppenderRef("nowhere")));
    Configurator.reconfigure(builder.build(false));
    current = Optional.empty();
  }

  /** The file of this process, once it is open. */
  static Optional<Path> file() {
    return current;
  }

  private static Path folder(String lake) {
    boolean isLocal = !lake.matches("[a-z][a-z0-9+.-]+:.*") || lake.startsWith("file:");
    return isLocal
        ? Path.of(lake.replaceFirst("^file:(//)?", ""), "logs")
        : Path.of(System.getProperty("java.io.tmpdir"), "assay-logs");
  }

  private static BuiltConfiguration configuration(Path file) {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder
        .setStatusLevel(Level.ERROR)
        .add(
            builder
                .newAppender("file", "File")
                .addAttribute("fileName", file.toString())
                .add(
                    builder
                        .newLayout("PatternLayout")
                        .addAttribute(
                            "pattern", "%d{yyyy-MM-dd HH:mm:ss.SSS}{UTC} %-5p %c{1} %m%n%ex")))
        .add(builder.newLogger("org.assay", Level.INFO))
        .add(builder.newRootLogger(Level.WARN).add(builder.newAppenderRef("file")));
    return builder.build(false);
  }
}
