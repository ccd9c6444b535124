package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.CommitNote;
import org.assay.common.table.Tables;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Range;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.open.PublicCounts.Count;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.publication.Publications;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a publication told, read from its tables before the next is made. */
@ExtendWith(SharedSpark.class)
class PublishedCountsTest {
  private static final SmallNation NATION = new SmallNation(7, 2);
  private static final DisclosurePolicy OPEN =
      new DisclosurePolicy(Rule.NONE, "They are invented.", DisclosurePolicy.Estimates.KEEP);

  private static final Map<TableContract, List<Row>> FIRST = NATION.published();

  /** As it is read from the tables of a publication that hides small counts. */
  private static PublishedCounts before;

  @BeforeAll
  static void aPublication(SparkSession spark, @TempDir Path folder) {
    Tables tables = TestTables.quick(spark, folder).tables();
    publish(spark, tables, FIRST);
    before = PublishedCounts.read(tables, NATION.cohorts(), SmallNation.NHS);
  }

  @Test
  void theSameDataPublishedAgainIsTheSamePublication() {
    OpenViews.Opened again = NATION.opened(SmallNation.NHS, before);

    assertThat(again.lost()).isEmpty();
    FIRST.forEach(
        (table, rows) -> assertThat(again.rows()).as(table.table()).containsEntry(table, rows));
  }

  @Test
  void ofEveryCountThatWasShownItsRoundingIsKnown() {
    Map<Count, Range> known = before.of(NATION.results().get(0));

    int shown = 0;
    for (Row row : FIRST.get(PublicContract.RATES)) {
      if (Attacker.value(PublicContract.RATES, row, "n") != null) {
        String area = (String) Attacker.value(PublicContract.RATES, row, "region_key");
        String factor =
            OpenRow.orEmpty((String) Attacker.value(PublicContract.RATES, row, "factor"));
        String level = OpenRow.orEmpty((String) Attacker.value(PublicContract.RATES, row, "level"));
        assertThat(known.keySet())
            .as("%s %s %s", area, factor, level)
            .anyMatch(
                count ->
                    count.what() == What.N
                        && List.of(count.area(), count.factor(), count.level())
                            .equals(List.of(area, factor, level)));
        shown++;
      }
    }
    assertThat(shown).isPositive();
    assertThat(known)
        .isNotEmpty()
        .allSatisfy((count, range) -> assertThat(range.contains(count.value())).isTrue());
  }

  /** The first publication hid nothing, so that nothing can be hidden of the same data now. */
  @Test
  void whatWasToldInFullIsLost() {
    PublishedCounts open = NATION.told(NATION.published(OPEN));

    assertThat(NATION.opened(SmallNation.NHS, open).lost()).isNotEmpty();
    assertThat(NATION.opened(SmallNation.NHS, PublishedCounts.none()).lost()).isEmpty();
  }

  /**
   * The counts that a later publication withholds depend on the figures that an earlier one told.
   */
  @Test
  void whatFiguresOfLevelsToldBeforeMattersLater() {
    SmallNation nation = new SmallNation(2, 2);
    Map<TableContract, List<Row>> told = nation.published();
    Map<TableContract, List<Row>> untold = new HashMap<>(told);
    untold.computeIfPresent(
        PublicContract.RATES,
        (table, rows) ->
            rows.stream().map(row -> isOfLevel(row) ? withoutValue(row) : row).toList());
    assertThat(untold).isNotEqualTo(told);

    SmallNation later = nation.later(102);

    assertThat(later.opened(SmallNation.NHS, nation.told(told)).rows())
        .isNotEqualTo(later.opened(SmallNation.NHS, nation.told(untold)).rows());
  }

  private static boolean isOfLevel(Row row) {
    return value(row, "factor") != null && !"crude".equals(value(row, "statistic"));
  }

  private static Object value(Row row, String column) {
    return Attacker.value(PublicContract.RATES, row, column);
  }

  private static Row withoutValue(Row row) {
    List<ContractColumn> columns = PublicContract.RATES.columns();
    Object[] values = new Object[columns.size()];
    Arrays.setAll(values, i -> columns.get(i).name().equals("value") ? null : row.get(i));
    return RowFactory.create(values);
  }

  private static void publish(
      SparkSession spark, Tables tables, Map<TableContract, List<Row>> open) {
    Map<TableContract, List<Row>> exact = NATION.exact();
    for (TableContract table :
        List.of(GoldFigures.RATES, GoldContract.MODEL_TERMS, GoldContract.MODEL_FITS)) {
      write(spark, tables, table, exact.get(table));
    }
    for (TableContract table :
        List.of(
            PublicContract.RATES,
            PublicContract.MODEL_TERMS,
            PublicContract.MODEL_FITS,
            PublicContract.DIM_COHORT)) {
      write(spark, tables, table, open.get(table));
    }
    RunJournal journal = new RunJournal("test", Clock.systemUTC(), step -> {});
    new Publications(new RunContext(spark, tables, journal, Clock.systemUTC(), "code"))
        .publish("configuration", all -> true);
  }

  private static void write(
      SparkSession spark, Tables tables, TableContract table, List<Row> rows) {
    tables.overwrite(
        table.tableName(), table.rows(spark, rows), CommitNote.of("run", "gold", "fingerprint"));
  }
}
