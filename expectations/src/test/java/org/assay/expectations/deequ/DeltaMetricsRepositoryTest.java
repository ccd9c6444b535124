package org.assay.expectations.deequ;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import com.amazon.deequ.constraints.Constraint;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import com.amazon.deequ.repository.ResultKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.RunJournal;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.expectations.history.MetricHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.collection.JavaConverters;

/** Deequ's own programs over our table: what is wrong with Deequ's repositories is right here. */
@ExtendWith(SharedSpark.class)
class DeltaMetricsRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  private final SparkSession spark;
  private Tables tables;

  DeltaMetricsRepositoryTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open(@TempDir Path lake) {
    tables = TestTables.quick(spark, lake).tables();
  }

  private MetricHistory history() {
    return new MetricHistory(spark, tables, "run");
  }

  private static void save(MetricHistory history) {
    new RunJournal("run", Clock.fixed(NOW, ZoneOffset.UTC), step -> {})
        .quietStep("silver", "verdicts", step -> history.save(step, NOW));
  }

  private static ResultKey key(long date, String... tags) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      map.put(tags[i], tags[i + 1]);
    }
    return new ResultKey(date, Scala.map(map));
  }

  private void measure(MetricHistory history, ResultKey key, long rows) {
    Check check =
        new Check(CheckLevel.Error(), "c", Scala.seq(List.<Constraint>of()))
            .isComplete("id", Option.empty(), Option.empty());
    new VerificationSuite()
        .onData(spark.range(rows).toDF())
        .addCheck(check)
        .addRequiredAnalyzer(cast(new Size(Option.empty())))
        .useRepository(new DeltaMetricsRepository(history))
        .saveOrAppendResult(key)
        .run();
  }

  @SuppressWarnings("unchecked") // Deequ's own collections are of this type
  private static Analyzer<?, Metric<?>> cast(Analyzer<?, ?> analyzer) {
    return (Analyzer<?, Metric<?>>) analyzer;
  }

  private static double size(AnalyzerContext context) {
    return (Double) context.metric(cast(new Size(Option.empty()))).get().value().get();
  }

  @Test
  void whatDeequSavesComesBackWhateverTheOrderOfItsTags() {
    MetricHistory writing = history();
    measure(writing, key(1, "extract", "people", "month", "May"), 5);
    measure(writing, key(2, "extract", "people", "month", "June"), 7);
    save(writing);

    DeltaMetricsRepository read = new DeltaMetricsRepository(history());
    assertThat(size(read.loadByKey(key(2, "month", "June", "extract", "people")).get()))
        .isEqualTo(7);
    assertThat(read.loadByKey(key(3, "month", "June")).isEmpty()).isTrue();
    List<AnalysisResult> results = JavaConverters.seqAsJavaList(read.load().get());
    assertThat(results).hasSize(2); // one for each key, not one for each metric
    assertThat(results.get(0).analyzerContext().metricMap().size()).isEqualTo(2);
  }

  @Test
  void aKeySavedAgainIsReplaced() {
    MetricHistory first = history();
    measure(first, key(1, "extract", "people"), 5);
    save(first);
    MetricHistory again = history();
    measure(again, key(1, "extract", "people"), 9);
    save(again);

    assertThat(tables.read(TableName.ops("metrics")).count()).isEqualTo(2);
    assertThat(
            size(
                new DeltaMetricsRepository(history()).loadByKey(key(1, "extract", "people")).get()))
        .isEqualTo(9);
  }

  @Test
  void resultsAreChosenByTagDateAndAnalyzer() {
    MetricHistory history = history();
    measure(history, key(1, "extract", "people"), 5);
    measure(history, key(2, "extract", "people"), 6);
    measure(history, key(3, "extract", "boards"), 7);
    MetricsRepositoryMultipleResultsLoader all = new DeltaMetricsRepository(history).load();

    assertThat(all.withTagValues(Scala.map(Map.of("extract", "people"))).get().size()).isEqualTo(2);
    assertThat(all.after(2).get().size()).isEqualTo(2);
    assertThat(all.before(2).after(2).get().size()).isEqualTo(1);
    AnalysisResult one =
        all.forAnalyzers(
                Scala.seq(List.of(cast(new Completeness("id", Option.empty(), Option.empty())))))
            .get()
            .head();
    assertThat(one.analyzerContext().metricMap().size()).isEqualTo(1);
  }
}
