package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.expectations.Measurement;
import org.assay.expectations.Metric;
import org.assay.expectations.Verifier;
import org.assay.expectations.deequ.Deequ;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of small deliveries, from bronze to silver and quarantine. */
@ExtendWith(SharedSpark.class)
class RefineExtractTest {
  static final String ROWS =
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

  private final SparkSession spark;
  private SmallLake lake;
  @TempDir private Path folder;

  RefineExtractTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    lake = new SmallLake(spark, folder, ROWS);
  }

  @Test
  void eachRowIsInOnePlaceWithEveryReason() {
    lake.deliver(
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

    lake.refine();

    assertThat(lake.silver()).containsExactly("North|a|5|50", "North|b|6|60", "South|b|2|20");
    assertThat(lake.held())
        .isEqualTo(
            Map.of(
                3L, List.of("conversion.people", "expect_column_values_to_be_in_set.grp"),
                4L, List.of("MALFORMED"),
                5L, List.of("expect_column_values_to_not_be_null.people"),
                8L, List.of("KEY_CONFLICT"),
                9L, List.of("KEY_CONFLICT"),
                10L, List.of("KEY_MISSING")));
    assertThat(lake.told().get(0).facts()).containsExactly("10 in", "3 accepted", "6 held");
    assertThat(lake.told().get(0).remarks())
        .anyMatch(
            remark -> remark.sentence().equals("1 exact repeat of a row was not counted again."));
  }

  @Test
  void aHeldRowIsKeptAsItCameWithWhomToAsk() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|3.7");

    lake.refine();

    Row row = lake.tables().read(TableName.quarantine("rows")).first();
    assertThat(row.<String>getAs("row"))
        .isEqualTo("{\"region\":\"North\",\"grp\":\"x\",\"ill\":\"1\",\"people\":\"3.7\"}");
    assertThat(row.<String>getAs("owner")).isEqualTo("Census team");
    assertThat(row.<String>getAs("source_file")).isEqualTo("counts.csv");
    assertThat(row.<Row>getList(row.fieldIndex("reasons")).get(0).getString(1))
        .isEqualTo("people is there but is not a bigint.");
  }

  @Test
  void aDeliveryThatMustNotBeUsedIsRefusedAndNothingIsWritten() {
    lake.deliver("2026-03-31", "North|a|50|5", "South|a|70|7", "South|b|1|20");

    lake.refine();

    assertThat(lake.refusals())
        .containsExactly(
            "counts.csv was refused by expect_column_pair_values_a_to_be_greater_than_b.people.ill:"
                + " in 2 of 3 rows people is less than ill. Ask for the file again, or correct the expectation.");
    assertThat(lake.tables().state(TableName.silver("counts"))).isEmpty();
    assertThat(lake.tables().state(TableName.quarantine("rows"))).isEmpty();
  }

  @Test
  void whatCannotBeMeasuredHoldsNoRow() {
    lake.deliver("2026-03-31", "North|x|5|50");
    Verifier broken =
        (rows, metrics) -> {
          Map<Metric, Measurement> failed = new HashMap<>();
          metrics.forEach(metric -> failed.put(metric, new Measurement.Failed("executor lost")));
          return new Verifier.Measured(failed, List.of());
        };

    assertThatThrownBy(() -> lake.refine(Deequ.instruments(broken)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is unknown, so no row was judged")
        .hasMessageContaining("executor lost");
    assertThat(lake.tables().state(TableName.silver("counts"))).isEmpty();
    assertThat(lake.tables().state(TableName.quarantine("rows"))).isEmpty();
  }

  @Test
  void aFullDeliveryWithoutAnAcceptedRowDoesNotReplaceTheLast() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60");
    lake.refine();
    lake.deliver("2026-04-30", "North|x|1|1");
    Map<String, Long> before = lake.versions();

    lake.refine();

    assertThat(lake.refusals().get(0))
        .startsWith(
            "counts.csv was refused: none of its 1 rows can be accepted (1 row: grp is not one of a, b,"
                + " all).");
    assertThat(lake.versions()).isEqualTo(before);
  }

  @Test
  void aRefusedDeliveryIsForgottenOnceALaterOneIsAccepted() {
    lake.deliver("2026-03-31", "North|a|50|5");
    lake.refine();
    assertThat(lake.refusals()).hasSize(1);
    lake.deliver("2026-04-30", "North|a|5|50");

    lake.refine();

    assertThat(lake.silver()).containsExactly("North|a|5|50");
    assertThat(lake.refusals()).isEmpty();
    Map<String, Long> before = lake.versions();
    lake.refine();
    assertThat(lake.versions()).isEqualTo(before);
  }

  @Test
  void aRunKilledBetweenItsTwoTablesDoublesNothing() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    lake.refine();
    // as if the run had died after holding rows by other rules and before accepting the rest
    lake.tables()
        .overwrite(
            TableName.quarantine("rows"),
            lake.tables().read(TableName.quarantine("rows")).limit(0),
            new CommitNote("killed", "silver counts", Map.of("counts", "other rules")));

    lake.refine();

    assertThat(lake.held()).containsOnlyKeys(2L);
    assertThat(lake.silver()).containsExactly("North|a|5|50");
  }

  @Test
  void changedRulesJudgeEveryDeliveryAgain() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|x|1|1");
    lake.refine();
    lake.configure(ROWS.replace("[a, b, all]", "[a, b, x]"));

    lake.refine();

    assertThat(lake.silver()).containsExactly("North|a|5|50", "North|b|6|60", "North|x|1|1");
    assertThat(lake.held()).isEmpty();
  }

  @Test
  void laterAdditionsReplaceByKeyAndAnEarlierOneDoesNot() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60");
    lake.deliver(Load.DELTA, "2026-04-30", "North|a|7|70", "South|a|1|10");
    lake.deliver(Load.DELTA, "2026-02-28", "North|b|9|90");

    lake.refine();

    assertThat(lake.current()).containsExactly("North|a|7|70", "North|b|6|60", "South|a|1|10");
    assertThat(lake.silver()).hasSize(5);
  }

  @Test
  void withoutAKeyAdditionsAddUp() {
    lake.configure(ROWS.replace("key = [region, grp]", ""));
    lake.deliver("2026-03-31", "North|a|5|50");
    lake.deliver(Load.DELTA, "2026-04-30", "North|a|5|50");

    lake.refine();

    assertThat(lake.current()).containsExactly("North|a|5|50", "North|a|5|50");
  }

  @Test
  void everyRowIsInOneClassOfTheLedger() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|a|5|50", "North|x|1|1", "!broken");

    lake.refine();

    assertThat(lake.rows("ops.ledger", "class", "concat_ws(' ', class, rows_before, rows)"))
        .containsExactly("accepted 0 1", "duplicate 0 1", "quarantined 0 2");
    lake.configure(ROWS.replace("[a, b, all]", "[a, b, x]"));
    lake.refine();
    assertThat(
            lake.rows(
                "ops.ledger",
                "recorded_at, class, rows",
                "concat_ws(' ', class, rows_before, rows)"))
        .contains("accepted 1 2", "quarantined 2 1");
  }

  @Test
  void rowsThatAreGoneFromATableStopWhatDependsOnThem() {
    lake.configure(
        ROWS
            + "assay.dimensions.groups { from = counts, type = 1, key = [region, grp], attributes = [people], deletes = close }");
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60");
    lake.refine();
    lake.tables()
        .overwrite(
            TableName.silver("counts"),
            lake.tables().read(TableName.silver("counts")).limit(1),
            lake.tables().state(TableName.silver("counts")).orElseThrow().note().orElseThrow());
    lake.deliver(Load.DELTA, "2026-04-30", "South|a|1|10");
    lake.forgetTheLedger();

    lake.refine();

    assertThat(lake.refusals())
        .singleElement()
        .asString()
        .startsWith(
            "Rows of counts.csv do not add up: 2 were ingested, and there are 1 accepted, 0 quarantined,"
                + " 0 duplicate, a difference of 1. What depends on counts keeps its last result.");
    assertThat(lake.versions().get("silver.groups")).isZero(); // nobody of them has left
  }

  /** Another run judges the same delivery while this one does, and is first. */
  @Test
  void ofTwoRunsAtOnceOneAcceptsADelivery() {
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|6|60");
    lake.refine();
    for (String moment : List.of("before append silver.counts", "before replace quarantine.rows")) {
      int day = moment.contains("silver") ? 1 : 2;
      lake.deliver(Load.DELTA, "2026-04-0" + day, "South|a|1|10", "South|x|2|20");
      List<String> inner = new ArrayList<>();

      lake.refineBeside(
          moment,
          () -> {
            lake.refine();
            inner.addAll(lake.silver());
            inner.addAll(lake.story());
          });

      assertThat(lake.silver()).hasSize(1 + day);
      List<String> outer = new ArrayList<>(lake.silver());
      outer.addAll(lake.story());
      assertThat(outer).isEqualTo(inner);
      assertThat(lake.refusals()).isEmpty();
    }
  }

  @Test
  void aRuleThatRefusedAndIsTakenBackLeavesNothingBehind() {
    lake.deliver("2026-03-31", "North|a|5|50");
    lake.refine();
    String refusing =
        "{ expect = expect_table_row_count_to_be_between, min_value = 2, on_fail = refuse }";
    lake.configure(ROWS.replace("expectations = [", "expectations = [ " + refusing));
    lake.refine();
    assertThat(lake.refusals()).hasSize(1);
    assertThat(lake.silver()).isEmpty();

    lake.configure(ROWS);
    lake.refine();

    assertThat(lake.refusals()).isEmpty();
    assertThat(lake.silver()).containsExactly("North|a|5|50");
  }

  @Test
  void anAdditionDoesNotHealARefusedFullDelivery() {
    lake.deliver("2026-02-28", "North|a|5|50");
    lake.deliver("2026-03-31", "North|x|1|1");
    lake.deliver(Load.DELTA, "2026-04-30", "South|a|1|10");

    lake.refine();
    lake.refine();

    assertThat(lake.refusals())
        .singleElement()
        .asString()
        .startsWith("counts.csv was refused: none of its 1 rows");
  }
}
