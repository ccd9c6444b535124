package org.assay.common.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused; carries every problem that was found, not only the first. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidSettingsException(List<Problem> problems) {
    super(describe(inOrder(problems)));
    this.problems = inOrder(problems);
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }

  /** All problems, in the order of the files and lines they stand in. */
  public List<Problem> problems() {
    return problems;
  }

  private static String describe(List<Problem> problems) {
    String heading =
        "%s; nothing was run."
            .formatted(
                problems.size() == 1
                    ? "The configuration has 1 problem"
                    : "The configuration has %d problems".formatted(problems.size()));
    return problems.stream()
        .map(InvalidSettingsException::line)
        .collect(Collectors.joining("\n", heading + "\n\n", ""));
  }

  private static String line(Problem problem) {
    String place =
        problem.line() > 0 ? "%s:%d".formatted(problem.file(), problem.line()) : problem.file();
    return "  %-18s  %s: %s".formatted(place, problem.key(), problem.sentence()).stripTrailing();
  }
}
