package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delta.TableRoot;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.TestTables;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;
import org.assay.common.table.Tables;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.Pipeline.Rebuild;

/** Runs a project in a lake of its own. */
public final class TestRun {
  private final SparkSession spark;
  private final Path lake;
  private final Tables tables;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  /** In a lake of Delta tables. */
  public TestRun(SparkSession spark, Path lake) {
    this(spark, lake, TestTables.delta(spark, lake));
  }

  private TestRun(SparkSession spark, Path lake, TestTables tables) {
    this.spark = spark;
    this.lake = lake;
    this.tables = tables.tables();
  }

  /** In a lake whose tables are in memory, where what they hold is all that is asked. */
  public static TestRun quick(SparkSession spark, Path lake) {
    return new TestRun(spark, lake, TestTables.quick(spark, lake));
  }

  /** Sets an environment variable for the runs that follow. */
  public TestRun with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The examples of the project. */
  public static Path example(String name) {
    return Path.of("..", "examples", name, "assay.conf").toAbsolutePath().normalize();
  }

  /** Runs a configuration, with values below {@code assay} replaced. */
  public RunResult run(Path conf, Map<String, String> overrides) {
    return run(conf, overrides, Rebuild.NOTHING, tables);
  }

  /** Makes silver again, and gold if anything in silver has changed. */
  public RunResult rebuild(Path conf, Map<String, String> overrides) {
    return run(conf, overrides, Rebuild.SILVER, tables);
  }

  /** Makes silver again, and ends where gold would be written. */
  public void rebuildSilverAlone(Path conf, Map<String, String> overrides) {
    FailingTables.Watcher end =
        moment -> {
          if (moment.startsWith("before overwrite gold_exact.")) {
            throw new IllegalStateException(moment);
          }
        };
    assertThatThrownBy(() -> run(conf, overrides, Rebuild.SILVER, new FailingTables(tables, end)))
        .hasMessageStartingWith("before overwrite gold_exact.");
  }

  private RunResult run(
      Path conf, Map<String, String> overrides, Rebuild rebuild, Tables seenByTheRun) {
    Project project = project(conf, overrides);
    return new Pipeline(project, spark, Clock.systemUTC(), environment, rebuild, seenByTheRun)
        .run(RunId.next(Clock.systemUTC()), step -> {});
  }

  /** Reads a configuration for this lake. */
  public Project project(Path conf, Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.put("lake.uri", lake.toString());
    return Project.load(conf, all, environment);
  }

  public Tables tables() {
    return tables;
  }

  /** A table's rows. */
  public Dataset<Row> read(String table) {
    return tables.read(TableName.parse(table).orElseThrow());
  }

  /** Where a table is. */
  public String location(TableName table) {
    return new TableRoot(new org.apache.hadoop.fs.Path(lake.toString())).table(table).toString();
  }

  /** The versions of all tables but the journal's. */
  public Map<TableName, Long> versions() {
    Map<TableName, Long> versions = allVersions();
    versions.keySet().removeIf(table -> table.layer() == Layer.OPS);
    return versions;
  }

  /** The versions of all tables. */
  public Map<TableName, Long> allVersions() {
    Map<TableName, Long> versions = new TreeMap<>();
    for (TableName table : tables.list()) {
      versions.put(table, tables.state(table).orElseThrow().version());
    }
    return versions;
  }

  /** Gold's rows that satisfy a condition, as JSON and in order: equal results, equal texts. */
  public List<String> gold(String table, String where) {
    return read("gold_exact." + table).filter(where).toJSON().collectAsList().stream()
        .sorted()
        .toList();
  }

  /** Stops what another test of this JVM may have left, so that the next session is its own. */
  public static void stopOtherSessions() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }
}
