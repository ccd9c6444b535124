package org.assay.jobs.pipeline;

import java.util.List;
import java.util.OptionalLong;
import org.assay.common.run.Remark;
import org.assay.common.run.StepReport;

/**
 * How a run ended.
 *
 * @param run its id
 * @param state how it ended
 * @param steps what it did
 * @param remarks what a person should read
 * @param refusals why data was refused, each in a sentence
 * @param publication the publication that stands after it
 * @param sparkJobs Spark jobs it took
 * @param deltaCommits Delta commits it made, the journal's included
 * @param seconds wall time of the pipeline, without the start of the JVM
 */
public record RunResult(
    String run,
    State state,
    List<StepReport> steps,
    List<Remark> remarks,
    List<String> refusals,
    OptionalLong publication,
    long sparkJobs,
    long deltaCommits,
    double seconds) {

  /** How a run ended. */
  public enum State {
    DONE,
    NOTHING_NEW,
    WAITING,
    REFUSED,
    FAILED
  }

  public RunResult {
    steps = List.copyOf(steps);
    remarks = List.copyOf(remarks);
    refusals = List.copyOf(refusals);
  }

  /** Everything of a kind that a person should read. */
  public List<Remark> remarks(Remark.Kind kind) {
    return remarks.stream().filter(remark -> remark.kind() == kind).toList();
  }
}
