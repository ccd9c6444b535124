package org.assay.expectations.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assay.expectations.Measurement;
import org.assay.expectations.Measurement.Levels;
import org.assay.expectations.Metric;
import org.assay.expectations.Verdict;
import org.assay.expectations.deequ.DeequAnomalies;
import org.assay.expectations.drift.DriftCheck.Measure;
import org.assay.expectations.drift.DriftCheck.OnDrift;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final DriftStrategy NONE =
      new DriftStrategy.SimpleThreshold(OptionalDouble.empty(), OptionalDouble.of(0));
  private static final DriftStrategy TENTH =
      new DriftStrategy.RelativeRateOfChange(OptionalDouble.of(0.9), OptionalDouble.of(1.1));

  private final Drift drift = new Drift(new DeequAnomalies());

  private static DriftCheck check(Measure measure, String column, DriftStrategy strategy) {
    return new DriftCheck("drift", measure, column, strategy, OnDrift.WARN);
  }

  private Drift.Finding judge(DriftCheck check, Measurement now, Measurement... before) {
    List<Map<String, Measurement>> history = new ArrayList<>();
    for (Measurement past : before) {
      history.add(Map.of(check.metric().name(), past));
    }
    Map<Metric, Measurement> measured = Map.of(check.metric(), now);
    return drift.judge(List.of(check), 100, measured, history).get(check);
  }

  private static String seen(Drift.Finding finding) {
    Verdict.Evaluated verdict = (Verdict.Evaluated) finding.verdict();
    return (verdict.passed() ? "pass: " : "fail: ") + verdict.observed();
  }

  private static Levels levels(Map<String, Long> rows) {
    return new Levels(rows, rows.size());
  }

  @Test
  void theRegionCalledNullIsSeenOnItsFirstDay() {
    Levels last = levels(Map.of("North", 1_000_000L, "South", 2_000_000L));
    Levels now = levels(Map.of("North", 1_000_000L, "South", 2_000_000L, Levels.MISSING, 1L));

    assertThat(seen(judge(check(Measure.NEW_LEVELS, "region", NONE), now, last)))
        .isEqualTo("fail: 1 new level of region: null (1 row)");
    assertThat(
            seen(
                judge(
                    check(
                        Measure.DISTINCT_VALUES,
                        "region",
                        new DriftStrategy.AbsoluteChange(
                            OptionalDouble.of(0.5), OptionalDouble.of(0.5))),
                    now,
                    last)))
        .isEqualTo("fail: the number of different values of region is 3, and was 2");
    assertThat(seen(judge(check(Measure.LOST_LEVELS, "region", NONE), now, last)))
        .isEqualTo("pass: 0 lost levels of region");
  }

  @Test
  void theFirstDeliveryWarmsUpAndSaysSo() {
    Drift.Finding first = judge(check(Measure.ROW_COUNT, "", TENTH), new Measurement.Value(100));

    assertThat(first.isWarmingUp()).isTrue();
    assertThat(seen(first)).isEqualTo("pass: 0 of 1 earlier deliveries to compare with");
  }

  @Test
  void strategiesCompareWithTheLastOrWithAll() {
    Measurement hundred = new Measurement.Value(100);
    DriftCheck rows = check(Measure.ROW_COUNT, "", TENTH);
    assertThat(seen(judge(rows, new Measurement.Value(89), hundred)))
        .isEqualTo("fail: the number of rows is 89, and was 100");
    assertThat(seen(judge(rows, new Measurement.Value(111), hundred))).startsWith("fail");
    assertThat(seen(judge(rows, new Measurement.Value(105), hundred))).startsWith("pass");

    DriftStrategy change =
        new DriftStrategy.AbsoluteChange(OptionalDouble.of(5), OptionalDouble.of(10));
    assertThat(
            seen(judge(check(Measure.ROW_COUNT, "", change), new Measurement.Value(94), hundred)))
        .startsWith("fail");
    assertThat(
            seen(judge(check(Measure.ROW_COUNT, "", change), new Measurement.Value(110), hundred)))
        .startsWith("pass");

    for (DriftStrategy normal :
        List.of(
            new DriftStrategy.OnlineNormal(OptionalDouble.of(3), OptionalDouble.of(3)),
            new DriftStrategy.BatchNormal(OptionalDouble.of(3), OptionalDouble.of(3)))) {
      DriftCheck check = check(Measure.MEAN, "people", normal);
      Measurement[] before =
          DoubleStream.of(10, 11, 9, 10.5, 9.5, 10, 11, 9, 10.5, 9.5, 10, 10.1)
              .mapToObj(Measurement.Value::new)
              .toArray(Measurement[]::new);
      assertThat(seen(judge(check, new Measurement.Value(10.2), before))).startsWith("pass");
      assertThat(seen(judge(check, new Measurement.Value(20), before))).startsWith("fail");
      assertThat(judge(check, new Measurement.Value(20), before[0]).isWarmingUp()).isTrue();
    }
  }

  @Test
  void aLimitOfOneSideSaysNothingOfTheOther() {
    Measurement[] before =
        DoubleStream.of(10, 11, 9, 10.5, 9.5, 10, 11, 9, 10.5, 9.5, 10, 10.1)
            .mapToObj(Measurement.Value::new)
            .toArray(Measurement[]::new);
    OptionalDouble three = OptionalDouble.of(3);
    OptionalDouble none = OptionalDouble.empty();
    for (DriftStrategy onlyLow :
        List.of(
            new DriftStrategy.OnlineNormal(three, none),
            new DriftStrategy.BatchNormal(three, none))) {
      DriftCheck check = check(Measure.MEAN, "people", onlyLow);
      assertThat(seen(judge(check, new Measurement.Value(20), before))).startsWith("pass");
      assertThat(seen(judge(check, new Measurement.Value(1), before))).startsWith("fail");
    }
    for (DriftStrategy onlyHigh :
        List.of(
            new DriftStrategy.OnlineNormal(none, three),
            new DriftStrategy.BatchNormal(none, three))) {
      DriftCheck check = check(Measure.MEAN, "people", onlyHigh);
      assertThat(seen(judge(check, new Measurement.Value(20), before))).startsWith("fail");
      assertThat(seen(judge(check, new Measurement.Value(1), before))).startsWith("pass");
    }
  }

  @Test
  void aDeliveryOfNobodyHasANumberOfRowsAndLostItsLevels() {
    Levels last = levels(Map.of("North", 60L, "South", 40L));
    DriftCheck rows = check(Measure.ROW_COUNT, "", TENTH);
    DriftCheck lost = check(Measure.LOST_LEVELS, "region", NONE);
    DriftCheck added = check(Measure.NEW_LEVELS, "region", NONE);
    List<DriftCheck> all = List.of(rows, lost, added);
    List<Map<String, Measurement>> history =
        List.of(
            Map.of(rows.metric().name(), new Measurement.Value(100), lost.metric().name(), last));
    Map<Metric, Measurement> measured =
        Map.of(
            rows.metric(), new Measurement.Value(0),
            lost.metric(), new Measurement.NoValues());

    Map<DriftCheck, Drift.Finding> findings = drift.judge(all, 0, measured, history);

    assertThat(seen(findings.get(rows))).isEqualTo("fail: the number of rows is 0, and was 100");
    assertThat(seen(findings.get(lost)))
        .isEqualTo("fail: 2 lost levels of region: North (60 rows), South (40 rows)");
    assertThat(seen(findings.get(added))).isEqualTo("pass: no values");
  }

  @Test
  void sharesMoveByTheirTotalVariationDistance() {
    Levels last = levels(Map.of("a", 50L, "b", 50L));
    Levels now = levels(Map.of("a", 60L, "b", 30L, "c", 10L));
    DriftStrategy tenth =
        new DriftStrategy.SimpleThreshold(OptionalDouble.empty(), OptionalDouble.of(0.1));

    assertThat(seen(judge(check(Measure.LEVEL_SHARES, "grp", tenth), now, last)))
        .isEqualTo("fail: shares of grp moved by 20.0 %");
  }

  @Test
  void whatCannotBeMeasuredIsUnknown() {
    DriftCheck check = check(Measure.NEW_LEVELS, "region", NONE);

    assertThat(judge(check, new Measurement.Failed("Executor lost.")).verdict())
        .isEqualTo(new Verdict.Unknown("drift could not be evaluated: Executor lost."));
    assertThat(judge(check, new Levels(Map.of("a", 1L), 5000)).verdict())
        .isEqualTo(
            new Verdict.Unknown(
                "drift could not be evaluated: region has 5,000 different values, and levels are"
                    + " compared for at most 1,000."));
  }

  @Test
  void aComparisonWithTheLastHasAThreshold() {
    assertThatThrownBy(() -> check(Measure.LEVEL_SHARES, "grp", TENTH))
        .hasMessage(
            "level_shares is a comparison with the last delivery already; its strategy is"
                + " simple_threshold.");
  }

  @Property(tries = 500)
  void distancesAreADistance(
      @ForAll @Size(min = 1, max = 5)
          Map<@LongRange(min = 0, max = 9) Long, @LongRange(min = 1, max = 1000) Long> a,
      @ForAll @Size(min = 1, max = 5)
          Map<@LongRange(min = 0, max = 9) Long, @LongRange(min = 1, max = 1000) Long> b,
      @ForAll @Size(min = 1, max = 5)
          Map<@LongRange(min = 0, max = 9) Long, @LongRange(min = 1, max = 1000) Long> c) {
    Assume.that(!a.isEmpty() && !b.isEmpty() && !c.isEmpty());
    double ab = LevelShares.distance(named(a), named(b));

    assertThat(ab).isBetween(0.0, 1.0 + 1e-12);
    assertThat(ab).isEqualTo(LevelShares.distance(named(b), named(a)));
    assertThat(LevelShares.distance(named(a), named(a))).isZero();
    assertThat(ab)
        .isLessThanOrEqualTo(
            LevelShares.distance(named(a), named(c))
                + LevelShares.distance(named(c), named(b))
                + 1e-12);
  }

  private static Map<String, Long> named(Map<Long, Long> rows) {
    Map<String, Long> named = new TreeMap<>();
    rows.forEach((level, count) -> named.put("level " + level, count));
    return named;
  }
}
