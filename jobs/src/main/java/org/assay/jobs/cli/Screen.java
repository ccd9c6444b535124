package org.assay.jobs.cli;

import static org.assay.common.run.Sentences.format;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assay.common.run.Remark;
import org.assay.common.run.StepReport;
import org.assay.jobs.ExitCode;
import org.assay.jobs.pipeline.RunResult;
import org.assay.jobs.pipeline.RunResult.State;

/** How the product speaks on a terminal: plain lines, the same when nobody watches. */
final class Screen {
  private static final int FACTS = 3;
  private static final int MOST_REMARKS = 20;

  private final PrintStream out;
  private final PrintStream err;
  private String standing = "";

  Screen(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Prints a line. */
  void line(String text) {
    out.println(text);
  }

  /** A table below its name. */
  void table(String name, TextTable table) {
    line("%n%s%s".formatted(name.replace('_', ' '), table.rows().isEmpty() ? ": none" : ""));
    if (!table.rows().isEmpty()) {
      table.lines().forEach(text -> line("  " + text));
    }
  }

  /** What a run is about, before it begins. */
  void heading(String version, String project, String lake, String run) {
    line("assay %s   %s   lake: %s   run %s%n".formatted(version, project, shown(lake), run));
  }

  /** A step that ended. */
  void step(StepReport step) {
    if (step.state() != StepReport.State.DONE) {
      line("%-10s%-20sstopped".formatted(step.stage(), step.subject()));
      return;
    }
    if (step.isOnlyRecord()) {
      return;
    }
    StringBuilder text = new StringBuilder(format("%-10s%-20s", step.stage(), step.subject()));
    for (int i = 0; i < FACTS; i++) {
      text.append(format("%-22s", i < step.facts().size() ? step.facts().get(i) : ""));
    }
    line(text + format("%6.1f s", step.seconds()));
    step.details().stream().limit(MOST_REMARKS).forEach(detail -> line("            " + detail));
    if (step.details().size() > MOST_REMARKS) {
      line(format("            … and %,d more", step.details().size() - MOST_REMARKS));
    }
  }

  /**
   * How a run ended, and where to look.
   *
   * @param isHeldBefore whether something waits for a steward since an earlier run
   */
  void result(RunResult result, String conf, double seconds, Path log, boolean isHeldBefore) {
    if (result.state() == State.NOTHING_NEW) {
      remarks("Also", result.remarks(Remark.Kind.WARNING));
      String publication =
          result.publication().isPresent()
              ? "Publication %d stands.".formatted(result.publication().getAsLong())
              : "Nothing has been published yet.";
      line(
          format(
              "Nothing new: every delivery is known, configuration and code are unchanged. %s %.0f s",
              publication, seconds));
      return;
    }
    remarks("Held", result.remarks(Remark.Kind.HELD));
    remarks("Adjusted", result.remarks(Remark.Kind.ADJUSTED));
    remarks("Waiting", result.remarks(Remark.Kind.WAITING));
    remarks("Also", result.remarks(Remark.Kind.WARNING));
    long held = result.remarks(Remark.Kind.HELD).stream().map(Remark::subject).distinct().count();
    String waiting =
        held > 0
            ? format("%,d held for a steward.", held)
            : isHeldBefore
                ? "Nothing more is held; what was waits for a steward: ./assay quarantine list -c %s"
                    .formatted(conf)
                : "Nothing is waiting for a steward.";
    line(format("%nDone in %.0f s. %s", seconds, waiting));
    line(
        "  results   ./assay query -c %s \"SELECT * FROM gold_exact.model_terms\"".formatted(conf));
    line("  log       %s".formatted(shown(log.toString())));
  }

  /** Why a run could not do all, and what it did all the same. */
  void stopped(RunResult result, ExitCode code) {
    remarks("Held", result.remarks(Remark.Kind.HELD));
    remarks("Adjusted", result.remarks(Remark.Kind.ADJUSTED));
    boolean isWaiting = result.state() == State.WAITING;
    if (!isWaiting) {
      remarks("Waiting", result.remarks(Remark.Kind.WAITING));
    }
    remarks("Also", result.remarks(Remark.Kind.WARNING));
    failure(
        isWaiting
            ? String.join(
                "\n",
                result.remarks(Remark.Kind.WAITING).stream()
                    .map(Remark::sentence)
                    .distinct()
                    .toList())
            : String.join("\n", result.refusals()),
        code);
    RunLog.file().ifPresent(this::details);
  }

  private void remarks(String heading, List<Remark> remarks) {
    if (remarks.isEmpty()) {
      return;
    }
    line("%n%s".formatted(heading));
    Map<Remark, String> shown = new LinkedHashMap<>();
    remarks.stream().limit(MOST_REMARKS).forEach(remark -> shown.put(remark, remark.subject()));
    String last = null;
    for (Remark remark : shown.keySet()) {
      String subject = remark.subject().equals(last) ? "" : remark.subject();
      line("  %-22s %s".formatted(subject, remark.sentence()));
      last = remark.subject();
    }
    if (remarks.size() > MOST_REMARKS) {
      line(format("  … and %,d more", remarks.size() - MOST_REMARKS));
    }
  }

  /** What stands although a run failed; told with the failure. */
  void standing(String sentence) {
    standing = sentence;
  }

  /** Why a command failed. */
  void failure(String sentence, ExitCode code) {
    err.println();
    err.println(sentence);
    if (!standing.isEmpty()) {
      err.println(standing);
    }
    err.println("exit " + code.number());
  }

  /** Where the trace is. */
  void details(Path log) {
    err.println("Details: " + shown(log.toString()));
  }

  /** A path as somebody in this folder would write it. */
  private static String shown(String path) {
    Path here = Path.of("").toAbsolutePath();
    boolean below = path.startsWith(here + "/");
    return below ? here.relativize(Path.of(path)).toString() : path;
  }
}
