package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Settings;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.run.StepReport;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.Verifier;
import org.assay.expectations.deequ.DeequVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of small deliveries, from bronze to the flow, the cells and the regions. */
@ExtendWith(SharedSpark.class)
class SilverRefineTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
  private static final StructType BRONZE =
      StructType.fromDDL(
          "_delivery_id STRING, _extract_date DATE, _source_file STRING, _row_number BIGINT,"
              + " _ingested_at TIMESTAMP, _rescued STRING, area STRING, grp STRING, ill STRING, pop STRING");
  private static final String ROWS =
      """
      assay {
        null_tokens = [""]
        readiness { min_cohort = 10, min_level = 1 }
        extracts.counts {
          load = full
          key = [region, grp]
          owner = "Census team"
          columns = [
            { name = region, from = area, recode { "Nrth" = North } }
            { name = grp }
            { name = ill, type = bigint }
            { name = people, from = pop, type = bigint }
          ]
          expectations = [
            { expect = expect_column_values_to_be_in_set, column = grp, value_set = [a, b, all], on_fail = quarantine }
            { expect = expect_column_values_to_not_be_null, column = people, on_fail = quarantine }
            { expect = expect_column_pair_values_a_to_be_greater_than_b, column_A = people, column_B = ill, or_equal = true, on_fail = refuse, mostly = 0.5 }
          ]
        }
      }
      """;
  private static final String COUNTED =
      """
      assay {
        populations.residents {
          sql = "SELECT * FROM counts"
          count = people
          exclude = [ { name = total, when = "grp = 'all'" } ]
          region { code = region }
          factors = [ { name = grp, reference = a, interest = true } ]
        }
        cohorts.illness {
          population = residents
          outcome { events = ill }
          models { crude { terms = grp, primary = true } }
        }
      }
      """;

  private final SparkSession spark;
  private final List<StepReport> told = new ArrayList<>();
  private Tables tables;
  private SilverSettings settings;
  private Optional<Pseudonyms> pseudonyms = Optional.empty();
  @TempDir private Path folder;

  SilverRefineTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() throws IOException {
    tables =
        new DeltaTables(
            spark, new TableRoot(new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri())));
    settings = settings(ROWS);
  }

  private SilverSettings settings(String conf) throws IOException {
    Path file = Files.writeString(folder.resolve("assay.conf"), conf);
    return Settings.load(
        file,
        Map.of(),
        Map.of(),
        root -> {
          root.optionalSection("spark").ifPresent(section -> section.text("master"));
          return SilverSettings.from(root, Cohorts.from(root));
        });
  }

  /**
   * Delivers rows of "area|grp|ill|pop"; an empty field is null, a row beginning with ! malformed.
   */
  private void deliver(String date, String... rows) {
    DeliveryRegister register = new DeliveryRegister(spark, tables);
    List<Row> bronze = new ArrayList<>();
    LocalDate day = LocalDate.parse(date);
    for (String row : rows) {
      boolean malformed = row.startsWith("!");
      String[] f = malformed ? new String[4] : row.split("\\|", -1);
      bronze.add(
          RowFactory.create(
              "d-" + date,
              day,
              "counts.csv",
              bronze.size() + 1L,
              CLOCK.instant(),
              malformed ? row : null,
              text(f[0]),
              text(f[1]),
              text(f[2]),
              text(f[3])));
    }
    Dataset<Row> frame = spark.createDataFrame(bronze, BRONZE).coalesce(1);
    TableState state =
        tables.append(TableName.bronze("counts"), frame, CommitNote.of("run", "bronze counts"));
    RunJournal journal = new RunJournal("run", CLOCK, step -> {});
    journal.step(
        "bronze",
        "counts",
        step ->
            register.add(
                new Delivery(
                    "d-" + date,
                    "counts",
                    day,
                    new Delivery.SourceFile("/landing/counts.csv", 1, CLOCK.instant()),
                    "sha",
                    rows.length,
                    state.version(),
                    CLOCK.instant()),
                "run",
                step));
  }

  private static String text(String field) {
    return field == null || field.isEmpty() ? null : field;
  }

  private void refine() {
    refine(new DeequVerifier());
  }

  private void refine(Verifier verifier) {
    told.clear();
    RunJournal journal = new RunJournal("run", CLOCK, told::add);
    new SilverRefine(settings, new DeliveryRegister(spark, tables), verifier, pseudonyms)
        .run(new RunContext(spark, tables, journal, CLOCK, "code"));
  }

  private List<String> silver() {
    return tables
        .read(TableName.silver("counts"))
        .orderBy("_extract_date", "_row_number")
        .selectExpr("concat_ws('|', region, grp, ill, people)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Reasons by row number. */
  private Map<Long, List<String>> held() {
    Map<Long, List<String>> held = new TreeMap<>();
    tables
        .read(TableName.quarantine("rows"))
        .collectAsList()
        .forEach(
            row ->
                held.put(
                    row.getAs("row_number"),
                    row.<Row>getList(row.fieldIndex("reasons")).stream()
                        .map(r -> r.getString(0))
                        .toList()));
    return held;
  }

  private Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    tables.list().forEach(t -> versions.put(t.toString(), tables.state(t).orElseThrow().version()));
    return versions;
  }

  @Test
  void eachRowIsInOnePlaceWithEveryReason() {
    deliver(
        "2026-03-31",
        "North|a|5|50",
        "Nrth|b|6|60",
        "North|x|1|3.7",
        "!broken",
        "South|a|1|",
        "South|b|2|20",
        "South|b|2|20",
        "East|a|1|10",
        "East|a|2|10",
        "|a|3|30");

    refine();

    assertThat(silver()).containsExactly("North|a|5|50", "North|b|6|60", "South|b|2|20");
    assertThat(held())
        .isEqualTo(
            Map.of(
                3L,
                    List.of(
                        "conversion.people",
                        "expect_column_values_to_be_in_set.grp",
                        "expect_column_values_to_not_be_null.people"),
                4L, List.of("MALFORMED"),
                5L, List.of("expect_column_values_to_not_be_null.people"),
                8L, List.of("KEY_CONFLICT"),
                9L, List.of("KEY_CONFLICT"),
                10L, List.of("KEY_MISSING")));
    assertThat(told.get(0).facts()).containsExactly("10 in", "3 accepted", "6 held");
    assertThat(told.get(0).remarks())
        .anyMatch(remark -> remark.sentence().startsWith("1 row repeat"));
  }

  @Test
  void aHeldRowIsKeptAsItCameWithWhomToAsk() {
    deliver("2026-03-31", "North|a|5|50", "North|x|1|3.7");

    refine();

    Row row = tables.read(TableName.quarantine("rows")).first();
    assertThat(row.<String>getAs("row"))
        .isEqualTo("{\"region\":\"North\",\"grp\":\"x\",\"ill\":\"1\",\"people\":\"3.7\"}");
    assertThat(row.<String>getAs("owner")).isEqualTo("Census team");
    assertThat(row.<String>getAs("source_file")).isEqualTo("counts.csv");
    assertThat(row.<Row>getList(row.fieldIndex("reasons")).get(0).getString(1))
        .isEqualTo("people is there but is not a bigint.");
  }

  @Test
  void aDeliveryThatMustNotBeUsedIsRefusedAndNothingIsWritten() {
    deliver("2026-03-31", "North|a|50|5", "South|a|70|7", "South|b|1|20");

    assertThatThrownBy(this::refine)
        .isInstanceOf(DataRefusedException.class)
        .hasMessage(
            "counts.csv was refused by expect_column_pair_values_a_to_be_greater_than_b.people.ill:"
                + " in 2 of 3 rows people is less than ill.");
    assertThat(tables.state(TableName.silver("counts"))).isEmpty();
    assertThat(tables.state(TableName.quarantine("rows"))).isEmpty();
  }

  @Test
  void whatCannotBeMeasuredHoldsNoRow() {
    deliver("2026-03-31", "North|x|5|50");
    Verifier broken =
        (rows, conditions) -> {
          Map<String, Verifier.Measurement> failed = new TreeMap<>();
          conditions
              .keySet()
              .forEach(id -> failed.put(id, new Verifier.Measurement.Failed("executor lost")));
          return failed;
        };

    assertThatThrownBy(() -> refine(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is unknown, so no row was judged")
        .hasMessageContaining("executor lost");
    assertThat(tables.state(TableName.silver("counts"))).isEmpty();
    assertThat(tables.state(TableName.quarantine("rows"))).isEmpty();
  }

  @Test
  void aNewDeliveryAddsRowsAndReplacesTheCurrentState() throws IOException {
    settings = settings(ROWS + COUNTED);
    deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|all|11|110");
    refine();
    deliver("2026-04-30", "North|a|7|70", "North|b|8|80");

    refine();

    assertThat(silver()).hasSize(5);
    assertThat(
            tables
                .read(TableName.silver("residents_cells"))
                .orderBy("grp")
                .selectExpr("n")
                .collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(70L, 80L);
  }

  @Test
  void aSecondRunWritesNothing() throws IOException {
    settings = settings(ROWS + COUNTED);
    deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|x|1|1");
    refine();
    Map<String, Long> before = versions();

    refine();

    assertThat(versions()).isEqualTo(before);
    assertThat(told).isEmpty();
  }

  @Test
  void aFullDeliveryWithoutAnAcceptedRowDoesNotReplaceTheLast() {
    deliver("2026-03-31", "North|a|5|50", "North|b|6|60");
    refine();
    deliver("2026-04-30", "North|x|1|1");
    Map<String, Long> before = versions();

    assertThatThrownBy(this::refine)
        .isInstanceOf(DataRefusedException.class)
        .hasMessageStartingWith("counts.csv was refused: none of its 1 rows can be accepted.");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aRefusedDeliveryIsForgottenOnceALaterOneIsAccepted() {
    deliver("2026-03-31", "North|a|50|5");
    assertThatThrownBy(this::refine).isInstanceOf(DataRefusedException.class);
    deliver("2026-04-30", "North|a|5|50");

    refine();

    assertThat(silver()).containsExactly("North|a|5|50");
    assertThat(told.get(0).remarks())
        .anyMatch(r -> r.sentence().startsWith("counts.csv was refused by"));
    Map<String, Long> before = versions();
    refine();
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aRunKilledBetweenItsTwoTablesDoublesNothing() throws IOException {
    deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    refine();
    // as if the run had died after holding rows by other rules and before accepting the rest
    tables.overwrite(
        TableName.quarantine("rows"),
        tables.read(TableName.quarantine("rows")).limit(0),
        new CommitNote("killed", "silver counts", Map.of("counts", "other rules")));

    refine();

    assertThat(held()).containsOnlyKeys(2L);
    assertThat(silver()).containsExactly("North|a|5|50");
  }

  @Test
  void changedRulesJudgeEveryDeliveryAgain() throws IOException {
    deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|x|1|1");
    refine();
    settings = settings(ROWS.replace("[a, b, all]", "[a, b, x]"));

    refine();

    assertThat(silver()).containsExactly("North|a|5|50", "North|b|6|60", "North|x|1|1");
    assertThat(held()).isEmpty();
  }

  @Test
  void everyRowOfAPopulationIsExcludedByNameUnknownOrCounted() throws IOException {
    settings =
        settings(
            ROWS.replace("key = [region, grp]", "") + COUNTED.replace("grp = 'all'", "ill > 8"));
    deliver("2026-03-31", "North|a|5|50", "North|b||60", "North|a|9|90", "|b|3|30", "North||2|20");

    refine();

    List<String> flow =
        tables
            .read(TableName.silver("residents_flow"))
            .orderBy("region", "step_order", "kind")
            .selectExpr("concat_ws(' ', coalesce(region, 'null'), step, kind, rows, people)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(flow)
        .containsExactly(
            "null population in 1 30",
            "null counted counted 1 30",
            "North population in 4 220",
            "North total excluded 1 90",
            "North total not known unknown 1 60",
            "North counted counted 2 70");
    assertThat(tables.read(TableName.silver("residents_cells")).filter("grp = 'Not known'").count())
        .isEqualTo(1);
  }

  @Test
  void moreEventsThanPeopleStopThePopulation() throws IOException {
    settings = settings(ROWS + COUNTED);
    deliver("2026-03-31", "North|a|50|5", "North|b|6|60");

    assertThatThrownBy(this::refine)
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContaining("Population residents cannot be counted: in 1 row of region North");
    assertThat(tables.state(TableName.silver("residents_cells"))).isEmpty();
  }

  @Test
  void everyRegionIsJudgedForEveryModel() throws IOException {
    settings = settings(ROWS + COUNTED);
    deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "NA|a|0|1", "South|a|3|30");

    refine();

    assertThat(
            tables
                .read(TableName.silver("residents_readiness"))
                .orderBy("region")
                .selectExpr("concat_ws(' ', region, status, reasons[0].code)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("NA held REGION_UNKNOWN", "North fitted", "South held LEVEL_EMPTY");
  }
}
