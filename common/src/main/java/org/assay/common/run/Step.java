package org.assay.common.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableState;

/** A step under way: it signs its commits and collects what is to be told. */
public final class Step {
  private final String run;
  private final String name;
  private final List<String> facts = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private final List<TableChange> changes = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  Step(String run, String name) {
    this.run = run;
    this.name = name;
  }

  /** The note for a commit that only records. */
  public CommitNote note() {
    return CommitNote.of(run, name);
  }

  /** The note for a table that was made of these inputs as a whole. */
  public CommitNote note(String fingerprint) {
    return CommitNote.of(run, name, fingerprint);
  }

  /** The note for a table that was made of these inputs, part by part. */
  public CommitNote note(Map<String, String> madeOf) {
    return new CommitNote(run, name, madeOf);
  }

  /** Records a commit. */
  public void wrote(Optional<TableState> before, TableState after) {
    OptionalLong version =
        before.map(state -> OptionalLong.of(state.version())).orElse(OptionalLong.empty());
    changes.add(new TableChange(after.table(), version, after.version(), after.rows()));
  }

  /** Adds a fact for the screen, such as "182,160 rows". */
  public void say(String fact, Object... values) {
    facts.add(Sentences.format(fact, values));
  }

  /** Adds a line of its own below the step, such as one delivery. */
  public void detail(String line) {
    details.add(line);
  }

  /** Adds something that a person should read at the end. */
  public void remark(Remark.Kind kind, String subject, String sentence) {
    remarks.add(new Remark(kind, subject, sentence));
  }

  StepReport report(
      String stage, String subject, StepReport.State state, String cause, double seconds) {
    return new StepReport(stage, subject, facts, details, changes, remarks, state, cause, seconds);
  }
}
