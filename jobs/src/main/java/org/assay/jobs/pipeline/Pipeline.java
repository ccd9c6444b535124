package org.assay.jobs.pipeline;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.BronzeIngest;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.config.Problem;
import org.assay.common.config.Settings;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.privacy.PseudonymKey;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.Causes;
import org.assay.common.run.CodeVersion;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.run.Stage;
import org.assay.common.run.StepReport;
import org.assay.common.spark.JobCounter;
import org.assay.common.table.Tables;
import org.assay.expectations.Verifier;
import org.assay.expectations.deequ.Deequ;
import org.assay.gold.GoldPublish;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.RunResult.State;
import org.assay.silver.SilverCheck;
import org.assay.silver.SilverRefine;

/** One run: checks the project, brings every layer up to date, publishes, and records it all. */
public final class Pipeline {
  private final Project project;
  private final SparkSession spark;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Rebuild rebuilds;
  private final Tables tables;

  /** What a run makes again, whatever it is made of. */
  public enum Rebuild {
    /** Only what has changed. */
    NOTHING,
    /** All accepted and held rows from bronze, and all dimensions from those. */
    SILVER
  }

  /**
   * @param environment the environment variables, one of which may hold the key of pseudonyms
   */
  public Pipeline(
      Project project, SparkSession spark, Clock clock, Map<String, String> environment) {
    this(project, spark, clock, environment, Rebuild.NOTHING);
  }

  /**
   * @param environment the environment variables, one of which may hold the key of pseudonyms
   * @param rebuilds what is made again
   */
  public Pipeline(
      Project project,
      SparkSession spark,
      Clock clock,
      Map<String, String> environment,
      Rebuild rebuilds) {
    this(project, spark, clock, environment, rebuilds, stored(project, spark));
  }

  /**
   * @param tables where the lake's tables are
   */
  Pipeline(
      Project project,
      SparkSession spark,
      Clock clock,
      Map<String, String> environment,
      Rebuild rebuilds,
      Tables tables) {
    this.tables = requireNonNull(tables, "tables is null");
    this.rebuilds = requireNonNull(rebuilds, "rebuilds is null");
    this.project = requireNonNull(project, "project is null");
    this.spark = requireNonNull(spark, "spark is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.environment = requireNonNull(environment, "environment is null");
  }

  private static Tables stored(Project project, SparkSession spark) {
    return new DeltaTables(spark, new TableRoot(new Path(project.lake())));
  }

  /**
   * Runs the pipeline.
   *
   * @param run the run's id
   * @param listener is told each step as it ends
   * @throws InvalidSettingsException before anything is written, if the SQL, the lake or the key of
   *     pseudonyms is unfit
   */
  public RunResult run(String run, Consumer<StepReport> listener) {
    return run(run, listener, line -> {});
  }

  /**
   * Runs the pipeline.
   *
   * @param ticker is told how far a long step has come
   * @see #run(String, Consumer)
   */
  public RunResult run(String run, Consumer<StepReport> listener, Consumer<String> ticker) {
    Optional<PseudonymKey> key = soundWithKey();
    Path lake = new Path(project.lake());
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    LakeFormat.open(lake, hadoop);
    key.ifPresent(k -> LakeKey.open(lake, hadoop, k));
    RunJournal journal = new RunJournal(run, clock, listener, ticker, project.gold().discretion());
    RunContext context = new RunContext(spark, tables, journal, clock, code());
    try (JobCounter jobs = JobCounter.attach(spark)) {
      Effort effort = new Effort(jobs, tables, tables.commits());
      try {
        stages(new DeliveryRegister(spark, tables), key).forEach(stage -> stage.run(context));
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        recordFailure(context, key, effort, e);
        throw e;
      }
      return record(context, key, effort, state(journal), cause(journal));
    }
  }

  /** What a run has cost so far, of tables that others may have written through before. */
  private record Effort(JobCounter jobs, Tables tables, long commitsBefore) {
    long commits() {
      return tables.commits() - commitsBefore;
    }
  }

  private static State state(RunJournal journal) {
    if (!journal.refusals().isEmpty()) {
      return State.REFUSED;
    }
    boolean isIdle = journal.steps().stream().allMatch(StepReport::isOnlyRecord);
    boolean waits =
        journal.remarks().stream().anyMatch(remark -> remark.kind() == Remark.Kind.WAITING);
    if (isIdle && waits) {
      return State.WAITING;
    }
    return journal.steps().isEmpty() ? State.NOTHING_NEW : State.DONE;
  }

  private static Optional<String> cause(RunJournal journal) {
    return journal.refusals().stream().reduce((first, next) -> first + " " + next);
  }

  /**
   * Checks the project's SQL on empty frames; touches no data.
   *
   * @throws InvalidSettingsException with every problem
   */
  public void check() {
    throwIfAny(SilverCheck.problems(spark, project.silver(), project.places()));
  }

  /** Checks the project and fetches its key; what is wrong with either is told together. */
  private Optional<PseudonymKey> soundWithKey() {
    List<Problem> problems =
        new ArrayList<>(SilverCheck.problems(spark, project.silver(), project.places()));
    Optional<PseudonymKey> key = Optional.empty();
    try {
      key = LakeKey.fetch(project, environment);
    } catch (InvalidSettingsException e) {
      problems.addAll(e.problems());
    }
    throwIfAny(problems);
    return key;
  }

  private static void throwIfAny(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  /** The publication that stands in the lake; empty if nothing was ever published. */
  public OptionalLong publication() {
    return GoldPublish.publication(tables);
  }

  private List<Stage> stages(DeliveryRegister register, Optional<PseudonymKey> key) {
    return List.of(
        new BronzeIngest(project.bronze(), register, new Path(project.lake())),
        new SilverRefine(
            project.silver(),
            register,
            Deequ.instruments(),
            key.map(Pseudonyms::new),
            rebuilds == Rebuild.SILVER),
        new GoldPublish(project.gold()));
  }

  private RunResult record(
      RunContext context,
      Optional<PseudonymKey> key,
      Effort effort,
      State state,
      Optional<String> cause) {
    RunResult result = result(context, effort, state);
    new RunRecorder(project, context, key.map(PseudonymKey::id)).record(result, cause);
    return result(context, effort, state);
  }

  /** A record that cannot be written must not hide why the run failed. */
  private void recordFailure(
      RunContext context, Optional<PseudonymKey> key, Effort effort, Exception failure) {
    try {
      record(context, key, effort, State.FAILED, Optional.of(Causes.sentence(failure)));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static RunResult result(RunContext context, Effort effort, State state) {
    return new RunResult(
        context.journal().run(),
        state,
        context.journal().steps(),
        context.journal().remarks(),
        context.journal().refusals(),
        GoldPublish.publication(context.tables()),
        effort.jobs().jobs(),
        effort.commits(),
        context.journal().seconds());
  }

  /** The code of every module: a change in any of them may change a result. */
  public static String code() {
    return CodeVersion.of(
        List.of(
            Settings.class,
            Verifier.class,
            BronzeIngest.class,
            SilverRefine.class,
            GoldPublish.class,
            Pipeline.class));
  }
}
