package org.assay.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.config.Section;
import org.assay.common.config.Settings;
import org.assay.common.spark.CellTables;
import org.assay.common.spark.SparkSessions;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.RegionCells;
import org.assay.gold.GoldSettings;
import org.assay.gold.executors.ExecutorFits;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmFitter;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.inference.WaldInference;
import org.assay.gold.mllib.MllibFitter;
import org.assay.silver.cohort.PopulationCount;
import java.util.LinkedHashMap;

/**
 * What it costs to sum people to cells and to fit from these, beside scanning the people and beside
 * fitting them as rows; all in one warm session.
 */
public final class FitCells {
  private static final String CONFIGURATION =
      """
      assay {
        readiness { min_cohort = 1000, min_level = 20 }
        populations.residents {
          sql     = "SELECT region, ethnicity, deprivation, age_band, bad_health FROM people"
          region  { code = region }
          factors = [
            { name = ethnicity, reference = Scot, levels = [LEVELS], interest = true }
            { name = deprivation, levels = ["1", "2", "3", "4", "5"], reference = "1" }
            { name = age_band, levels = [AGES], reference = "10" }
          ]
        }
        cohorts.bad_health {
          population = residents
          outcome    { column = bad_health, event = ["1"], non_event = ["0"] }
          models     { full { terms = "ethnicity + deprivation + age_band", primary = true } }
        }
      }
      """;

  private static final int ROUNDS = 7;
  private static final int BOARDS = 42;
  private static final int OUTCOMES = 10;
  private static final int PRACTICES = 6_500;

  /** Boards that are fitted from rows of people; the time of all others follows from theirs. */
  private static final List<String> NAIVE = List.of("Borders", "Fife");

  private final SparkSession spark;
  private final Cohort cohort;
  private final Model model;

  private FitCells(SparkSession spark, Cohort cohort) {
    this.spark = spark;
    this.cohort = cohort;
    this.model = cohort.models().get(0);
  }

  /**
   * @param arguments people in one Parquet file, the same in several, and some to warm up with
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSessions.local("bench", "local[2]");
    Dataset<Row> people = spark.read().parquet(arguments[1]);
    FitCells bench = new FitCells(spark, cohort(people));
    Dataset<Row> few = spark.read().parquet(arguments[2]);
    few.createOrReplaceTempView("people");
    for (int i = 0; i < ROUNDS; i++) {
      scan(few);
      bench.count();
    }
    bench.collapse("one file", spark.read().parquet(arguments[0]));
    double scan = bench.collapse("several files", people);

    SortedMap<CellTables.Key, CellTable> cells = bench.cells();
    List<GlmProblem> problems = bench.problems(cells);
    tell("all boards, cells", seconds(() -> fitAll(new Irls(), problems)), scan);
    tell("all boards, mllib", seconds(() -> fitAll(new MllibFitter(spark), problems)), scan);
    bench.naive(people, cells, scan);

    List<GlmProblem> boards = synthetic(BOARDS * OUTCOMES, 5 * 5 * 8 * 2, 2_000);
    tell("42 boards x 10 outcomes, cells", seconds(() -> fitAll(new Irls(), boards)), scan);
    List<GlmProblem> practices = synthetic(PRACTICES, 300, 30);
    tell("6,500 practices, cells", seconds(() -> fitAll(new Irls(), practices)), scan);
    tell(
        "6,500 practices, executors",
        seconds(() -> new ExecutorFits(spark).of(new Irls(), practices)),
        scan);
    spark.stop();
  }

  /** Scans and counts in turns, so that both meet the same machine; returns the scan's seconds. */
  private double collapse(String where, Dataset<Row> people) {
    people.createOrReplaceTempView("people");
    double[] scans = new double[ROUNDS];
    double[] collapses = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      scans[i] = seconds(() -> scan(people));
      collapses[i] = seconds(this::count);
    }
    double scan = median(scans);
    tell("scan of the columns, " + where, scan, scan);
    tell("collapse to cells, " + where, median(collapses), scan);
    return scan;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void tell(String what, double seconds, double scan) {
    System.out.printf("RESULT %s|%.2f|%.2f%n", what, seconds, seconds / scan);
  }

  /** The better of two. */
  private static double seconds(Supplier<?> work) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      long begin = System.nanoTime();
      work.get();
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
    }
    return best;
  }

  private static Cohort cohort(Dataset<Row> people) throws IOException {
    Path file = Files.createTempFile("bench", ".conf");
    String ethnicities =
        String.join(
            ", ",
            people.select("ethnicity").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList());
    String ages =
        String.join(", ", IntStream.rangeClosed(1, 18).mapToObj(i -> "\"" + i + "\"").toList());
    Files.writeString(file, CONFIGURATION.replace("LEVELS", ethnicities).replace("AGES", ages));
    try {
      return Settings.load(file, Map.of(), Map.of(), FitCells::cohorts).cohorts().get(0);
    } finally {
      Files.delete(file);
    }
  }

  private static Cohorts cohorts(Section root) {
    Cohorts cohorts = Cohorts.from(root);
    root.section("spark").text("master"); // defaults that are there, and of no use here
    root.texts("null_tokens");
    GoldSettings.from(root, cohorts, "", "");
    return cohorts;
  }

  private static long scan(Dataset<Row> people) {
    return people
        .agg(
            sum(
                hash(
                    col("region"),
                    col("ethnicity"),
                    col("deprivation"),
                    col("age_band"),
                    col("bad_health"))))
        .first()
        .getLong(0);
  }

  /** The cells as rows on the driver, from which their table is written. */
  private List<Row> count() {
    return PopulationCount.of(spark, cohort.population(), List.of(cohort)).cells("all");
  }

  private SortedMap<CellTables.Key, CellTable> cells() {
    return CellTables.collect(
        PopulationCount.table(spark, cohort.population(), count()),
        cohort.population().factorNames());
  }

  private List<GlmProblem> problems(SortedMap<CellTables.Key, CellTable> cells) {
    List<GlmProblem> problems = new ArrayList<>();
    cells.forEach(
        (key, table) -> {
          ReadyRegion ready =
              new ReadyRegion(
                  key,
                  model.name(),
                  table.total().n(),
                  table.total().events(),
                  ReadinessGuards.judge(
                      RegionCells.of(key.region(), table),
                      cohort.population().factors(),
                      cohort.thresholds(),
                      model),
                  Optional.empty());
          RegionFitter.task(ready, model, table)
              .specified()
              .ifPresent(specified -> problems.add(specified.problem()));
        });
    return problems;
  }

  /** Fits and inference, on one thread. */
  private static int fitAll(GlmFitter fitter, List<GlmProblem> problems) {
    int fitted = 0;
    for (GlmProblem problem : problems) {
      if (fitter.fit(problem) instanceof GlmFit.Converged fit) {
        fitted += WaldInference.at(problem, fit.beta()).isPresent() ? 1 : 0;
      }
    }
    return fitted;
  }

  /** MLlib on people as rows, with the same columns as from cells. */
  private void naive(Dataset<Row> people, SortedMap<CellTables.Key, CellTable> cells, double scan) {
    long all = cells.values().stream().mapToLong(table -> table.total().n()).sum();
    long fitted = 0;
    double seconds = 0;
    for (String board : NAIVE) {
      Dataset<Row> rows =
          new VectorAssembler()
              .setInputCols(dummies().keySet().toArray(String[]::new))
              .setOutputCol("features")
              .transform(
                  people
                      .filter(col("region").equalTo(board))
                      .withColumns(dummies())
                      .withColumn("label", col("bad_health").cast("double")));
      long begin = System.nanoTime();
      new GeneralizedLinearRegression().setFamily("binomial").setTol(1e-10).fit(rows);
      seconds += (System.nanoTime() - begin) / 1e9;
      fitted += rows.count();
    }
    System.out.printf(
        "RESULT %s|%.2f|%.2f%n",
        "%,d people of two boards as rows, mllib".formatted(fitted), seconds, seconds / scan);
    tell("all boards as rows, by people", seconds * all / fitted, scan);
  }

  private Map<String, Column> dummies() {
    Map<String, Column> dummies = new LinkedHashMap<>();
    for (Factor factor : cohort.population().factors()) {
      for (String level : factor.levels()) {
        if (!level.equals(factor.reference())) {
          dummies.put(
              factor.name() + "_" + level,
              when(col(factor.name()).equalTo(level), 1.0).otherwise(0.0));
        }
      }
    }
    return dummies;
  }

  /** Models of four factors, on as many cells with so many people each. */
  private static List<GlmProblem> synthetic(int models, int cells, int people) {
    SplittableRandom random = new SplittableRandom(2026);
    List<ModelFactor> factors =
        List.of(factor("e", 5), factor("d", 5), factor("a", 8), factor("s", 2));
    List<GlmProblem> problems = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      CellTable.Builder table = CellTable.over(factors.stream().map(ModelFactor::name).toList());
      for (int c = 0; c < cells; c++) {
        int at = cells < 400 ? random.nextInt(400) : c;
        List<String> levels =
            List.of("e" + at % 5, "d" + at / 5 % 5, "a" + at / 25 % 8, "s" + at / 200);
        long n = 1 + random.nextInt(2 * people);
        table.add(levels, Cell.of(n, random.nextLong(n + 1)));
      }
      problems.add(new GlmProblem(Family.BINOMIAL, DesignMatrix.of(table.build(), factors)));
    }
    return problems;
  }

  private static ModelFactor factor(String name, int levels) {
    List<String> all = IntStream.range(0, levels).mapToObj(i -> name + i).toList();
    return new ModelFactor(name, all.get(0), all);
  }
}
