package org.assay.common.run;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a step did.
 *
 * @param stage the stage, as the screen names it
 * @param subject what was worked on: an extract, a population, a table
 * @param facts rows in, out, held … in words, for the screen
 * @param details lines of their own, such as one for each delivery
 * @param changes the commits it made
 * @param remarks what a person should read
 * @param state how it ended
 * @param cause why it was refused or failed, in one sentence; empty otherwise
 * @param seconds wall time
 */
public record StepReport(
    String stage,
    String subject,
    List<String> facts,
    List<String> details,
    List<TableChange> changes,
    List<Remark> remarks,
    State state,
    String cause,
    double seconds) {
  /** How a step ended; one that had nothing to do is not told at all. */
  public enum State {
    DONE,
    REFUSED,
    FAILED
  }

  public StepReport {
    facts = List.copyOf(facts);
    details = List.copyOf(details);
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /** Whether it did nothing but write down what was found. */
  public boolean isOnlyRecord() {
    return state == State.DONE && facts.isEmpty();
  }

  /** The same report with every sentence about people told otherwise. */
  StepReport told(UnaryOperator<String> discretion) {
    return new StepReport(
        stage,
        subject,
        facts,
        details,
        changes,
        remarks.stream()
            .map(r -> new Remark(r.kind(), r.subject(), discretion.apply(r.sentence())))
            .toList(),
        state,
        discretion.apply(cause),
        seconds);
  }

  /** Stage and subject, as commits name the step. */
  public String step() {
    return stage + " " + subject;
  }
}
