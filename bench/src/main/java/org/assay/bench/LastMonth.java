package org.assay.bench;

import static org.assay.common.run.Sentences.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assay.common.spark.SparkSessions;
import org.assay.jobs.cli.AssayCommand;

/**
 * What the last month of the synthetic England costs in a process that stays, as the driver of a
 * cluster does between the runs that a scheduler starts on it: beside the whole as the first thing
 * that the process does, and as the last.
 */
public final class LastMonth {
  private static final String LAST = "patients_2026-03-31";

  private final Path project;
  private final Path later;

  private LastMonth(Path project) {
    this.project = project;
    this.later = project.resolveSibling(project.getFileName() + "-later");
  }

  /**
   * @param arguments the folder that {@code assay demo} made
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSessions.local("last month", "local[*]");
    try {
      new LastMonth(Path.of(arguments[0])).measure();
    } finally {
      spark.stop();
    }
  }

  private void measure() throws IOException {
    forget();
    run("whole, in a process that stays");
    forget();
    Path patients = project.resolve("landing").resolve("patients");
    move(patients, later);
    run("all but the last month, in the same");
    move(later, patients);
    run("the last month, in the same");
    forget();
    run("whole, once more");
  }

  private void forget() throws IOException {
    Path lake = project.resolve("lake");
    if (Files.exists(lake)) {
      try (Stream<Path> files = Files.walk(lake)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      List<Path> last = files.filter(f -> f.getFileName().toString().startsWith(LAST)).toList();
      for (Path file : last) {
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
  }

  private void run(String what) {
    long begin = System.nanoTime();
    String[] arguments = {"run", "-c", project.resolve("assay.conf").toString()};
    int code = AssayCommand.execute(arguments, System.err, System.err);
    if (code != 0) {
      throw new IllegalStateException("%s ended with exit code %d".formatted(what, code));
    }
    System.out.println(format("RESULT %.0f %s", (System.nanoTime() - begin) / 1e9, what));
  }
}
