package org.assay.common.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.TestTables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of tables however they are stored. */
public abstract class TablesContract {
  protected static final TableName TABLE = TableName.silver("numbers");
  private static final CommitNote NOTE = CommitNote.of("run", "step");

  protected final SparkSession spark;
  protected Tables tables;
  private TestTables lake;

  protected TablesContract(SparkSession spark) {
    this.spark = spark;
  }

  /** A lake without tables. */
  protected abstract TestTables open();

  @BeforeEach
  void start() {
    lake = open();
    tables = lake.tables();
  }

  protected Dataset<Row> numbers(Integer... values) {
    return spark.createDataset(List.of(values), Encoders.INT()).toDF("value");
  }

  protected List<Integer> stored() {
    return tables.read(TABLE).orderBy("value").as(Encoders.INT()).collectAsList();
  }

  /** Rows of this SELECT. */
  private Dataset<Row> rows(String select) {
    return spark.sql("SELECT " + select);
  }

  private List<String> texts() {
    return tables.read(TABLE).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void aTableThatDoesNotExistHasNoState() {
    assertThat(tables.state(TABLE)).isEmpty();
    assertThat(tables.list()).isEmpty();
  }

  @Test
  void aCommitCarriesItsNote() {
    CommitNote note = CommitNote.of("run-1", "silver numbers", "abc");

    TableState state = tables.overwrite(TABLE, numbers(1, 2, 3), note);

    assertThat(state).isEqualTo(tables.state(TABLE).orElseThrow());
    assertThat(state.version()).isZero();
    assertThat(state.rows()).isEqualTo(3);
    assertThat(state.isMadeOf(CommitNote.WHOLE, "abc")).isTrue();
    assertThat(state.isMadeOf(CommitNote.WHOLE, "abd")).isFalse();
  }

  @Test
  void aTurnIsTakenOnce() {
    assertThat(tables.turn(TABLE)).isZero();
    assertThat(tables.appendInTurn(TABLE, numbers(1), CommitNote.of("run-1", "s"), 1)).isPresent();

    assertThat(tables.appendInTurn(TABLE, numbers(2), CommitNote.of("run-2", "s"), 1)).isEmpty();

    assertThat(stored()).containsExactly(1);
    assertThat(tables.turn(TABLE)).isEqualTo(1);
    assertThat(
            tables.replaceInTurn(TABLE, numbers(3), "value < 10", CommitNote.of("run-2", "s"), 2))
        .isPresent();
    assertThat(stored()).containsExactly(3);
    assertThat(tables.commits()).isEqualTo(2);
    assertThat(tables.overwriteInTurn(TABLE, numbers(4), CommitNote.of("run-1", "s"), 2)).isEmpty();
    assertThat(tables.overwriteInTurn(TABLE, numbers(5), CommitNote.of("run-1", "s"), 3))
        .isPresent();
    assertThat(stored()).containsExactly(5);
    assertThat(tables.turn(TABLE)).isEqualTo(3);
  }

  /** RESTORE takes rows back, and not what Delta remembers of who wrote them. */
  @Test
  void turnsGoOnAfterARestore() {
    tables.appendInTurn(TABLE, numbers(1), CommitNote.of("r", "a"), 1);
    tables.appendInTurn(TABLE, numbers(2), CommitNote.of("r", "b"), 2);

    lake.restore(TABLE, 0);

    assertThat(tables.state(TABLE).orElseThrow().note()).isEmpty();
    assertThat(tables.state(TABLE).orElseThrow().version()).isEqualTo(2);
    assertThat(stored()).containsExactly(1);
    assertThat(tables.turn(TABLE)).isEqualTo(2);
    assertThat(tables.appendInTurn(TABLE, numbers(2), CommitNote.of("r", "c"), 3)).isPresent();
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void ofTwoWritersAtOnceOneTakesTheTurn() throws Exception {
    tables.appendInTurn(TABLE, numbers(0), CommitNote.of("r", "a"), 1);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<Optional<TableState>>> writes = new ArrayList<>();
      for (String run : List.of("x", "y")) {
        writes.add(
            both.submit(() -> tables.appendInTurn(TABLE, numbers(1), CommitNote.of(run, "s"), 2)));
      }
      long made = 0;
      for (Future<Optional<TableState>> write : writes) {
        made += write.get().isPresent() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    } finally {
      both.shutdown();
    }
    assertThat(stored()).containsExactly(0, 1);
  }

  @Test
  void commitsSinceAVersionAreToldLatestFirst() {
    tables.append(TABLE, numbers(1), CommitNote.of("r", "a"));
    tables.append(TABLE, numbers(2), CommitNote.of("r", "b"));
    tables.append(TABLE, numbers(3), CommitNote.of("r", "c"));

    assertThat(tables.since(TABLE, 0))
        .extracting(state -> state.note().orElseThrow().step())
        .containsExactly("c", "b");
  }

  @Test
  void replacesOnlyWhatTheConditionNames() {
    tables.overwrite(TABLE, numbers(1, 2, 30), CommitNote.of("r", "a"));

    tables.replaceWhere(TABLE, numbers(3), "value < 10", CommitNote.of("r", "b"));

    assertThat(stored()).containsExactly(3, 30);
  }

  @Test
  void earlierVersionsStayReadable() {
    tables.overwrite(TABLE, numbers(1), CommitNote.of("r", "a"));
    tables.overwrite(TABLE, numbers(2), CommitNote.of("r", "b"));

    assertThat(tables.read(TABLE, 0).as(Encoders.INT()).collectAsList()).containsExactly(1);
    assertThat(tables.list()).containsExactly(TABLE);
  }

  @Test
  void aWriteThatFailsTakesNoTurnAndLeavesNoRows() {
    Dataset<Row> failing = numbers(1, 2).filter("if(value > 1, raise_error('injected'), true)");

    assertThatThrownBy(() -> tables.appendInTurn(TABLE, failing, NOTE, 1))
        .hasStackTraceContaining("injected");

    assertThat(tables.turn(TABLE)).isZero();
    assertThat(tables.state(TABLE)).isEmpty();
    assertThat(tables.appendInTurn(TABLE, numbers(1), NOTE, 1)).isPresent();
  }

  @Test
  void newColumnsAreAddedAndFoundByName() {
    tables.append(TABLE, rows("1 AS a, 'x' AS b"), NOTE);

    tables.append(TABLE, rows("'y' AS B, DATE '2026-03-31' AS c, 2 AS a"), NOTE);
    tables.append(TABLE, rows("3 AS a"), NOTE);

    assertThat(tables.read(TABLE).columns()).containsExactly("a", "b", "c");
    assertThat(texts()).containsExactly("[1,x,null]", "[2,y,2026-03-31]", "[3,null,null]");

    tables.replaceInTurn(TABLE, rows("4 AS a, 'z' AS d"), "a > 1", NOTE, 1);
    tables.replaceWhere(TABLE, rows("5 AS a, 'u' AS e"), "a > 4", NOTE);

    assertThat(tables.read(TABLE).columns()).containsExactly("a", "b", "c", "d", "e");
    assertThat(texts())
        .containsExactly("[1,x,null,null,null]", "[4,null,null,z,null]", "[5,null,null,null,u]");
  }

  /** Columns of bronze are called what upstream calls them. */
  @Test
  void onlyBronzeHasColumnsOfAnyName() {
    TableName bronze = TableName.bronze("numbers");

    tables.append(bronze, rows("1 AS `a (b)`"), NOTE);

    assertThat(tables.read(bronze).columns()).containsExactly("a (b)");
    assertThatThrownBy(() -> tables.append(TABLE, rows("1 AS `a (b)`"), NOTE))
        .isInstanceOf(Exception.class);
    assertThat(tables.state(TABLE)).isEmpty();
  }

  @Test
  void aColumnKeepsItsType() {
    tables.append(TABLE, rows("1 AS a"), NOTE);

    assertThatThrownBy(() -> tables.append(TABLE, rows("'x' AS a"), NOTE))
        .isInstanceOf(Exception.class);

    assertThat(texts()).containsExactly("[1]");
    assertThat(tables.state(TABLE).orElseThrow().version()).isZero();
  }

  @Test
  void anOverwriteReplacesTheSchemaToo() {
    tables.overwrite(TABLE, rows("1 AS a, 2 AS b"), NOTE);

    tables.overwrite(TABLE, rows("'x' AS b, 3 AS c"), List.of("b"), NOTE);

    assertThat(tables.read(TABLE).columns()).containsExactly("b", "c");
    assertThat(texts()).containsExactly("[x,3]");
  }

  @Test
  void anEmptyTableHasItsColumns() {
    TableState state = tables.overwrite(TABLE, numbers(1).filter("value > 1"), NOTE);

    assertThat(state.rows()).isZero();
    assertThat(tables.read(TABLE).columns()).containsExactly("value");
    assertThat(stored()).isEmpty();
  }

  @Test
  void whatReplacesRowsMustSatisfyTheCondition() {
    tables.overwrite(TABLE, numbers(1, 30), NOTE);

    assertThatThrownBy(() -> tables.replaceWhere(TABLE, numbers(3, 40), "value < 10", NOTE))
        .isInstanceOf(Exception.class);

    assertThat(stored()).containsExactly(1, 30);
  }

  /** A null satisfies no condition, and stays. */
  @Test
  void rowsOfWhichTheConditionIsNotKnownAreKept() {
    tables.overwrite(TABLE, rows("explode(array(1, 30, null)) AS value"), NOTE);

    tables.replaceWhere(TABLE, numbers(), "value < 10", NOTE);

    assertThat(texts()).containsExactly("[30]", "[null]");
  }

  @Test
  void aMergeReplacesWhatMatchesAndAddsTheRest() {
    tables.overwrite(
        TABLE,
        rows(
            "inline(array(('x', 1, 'old'), ('x', 2, 'old'), ('y', 1, 'old'), (null, 1, 'old'))) AS (k, n, v)"),
        NOTE);

    tables.merge(
        TABLE,
        rows("inline(array((1, 'new', 'x'), (1, 'new', 'z'), (1, 'new', null))) AS (n, v, k)"),
        new MergePlan(List.of("k", "n"), Optional.empty()),
        NOTE);

    assertThat(texts())
        .containsExactly(
            "[null,1,new]", "[null,1,old]", "[x,1,new]", "[x,2,old]", "[y,1,old]", "[z,1,new]");
  }

  @Test
  void aMergeLooksOnlyAtTheRowsItIsToldTo() {
    tables.overwrite(TABLE, rows("inline(array(('x', 1), ('x', 2))) AS (k, n)"), NOTE);

    tables.merge(
        TABLE,
        rows("'x' AS k, 3 AS n"),
        new MergePlan(List.of("k"), Optional.of("table.n > 1")),
        NOTE);

    assertThat(texts()).containsExactly("[x,1]", "[x,3]");
  }
}
