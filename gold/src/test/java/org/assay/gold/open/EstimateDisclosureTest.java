package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three regions of 9,000 people; in some, few people of a group have the outcome. */
class EstimateDisclosureTest {
  private static final List<String> FACTORS = List.of("ethnicity", "sex", "imd");
  private static final List<String> ETHNICITIES = List.of("White", "Asian", "Black");
  private static final List<String> SEXES = List.of("F", "M");

  /** Hides at most what would tell of R0. */
  private static final String OTHER = "R2";

  private final SortedMap<String, CellTable> regions = new TreeMap<>();

  @BeforeEach
  void manyEverywhere() {
    for (String region : List.of("R0", "R1", "R2")) {
      regions.put(region, people(region, Map.of()));
    }
  }

  @Test
  void whereManyHaveTheOutcomeEveryEstimateIsShown() {
    assertThat(values(PublicContract.MODEL_TERMS, "estimate", of("R0", "full", "ethnicity")))
        .hasSize(3)
        .doesNotContainNull();
    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", of("R0", "full", "sex")))
        .isNotEmpty()
        .doesNotContainNull();
  }

  @Test
  void theEstimateOfALevelWithFewEventsIsWithheldWhereTheyAreFew() {
    few("R0", "Asian", "F");
    few("R0", "Asian", "M");

    assertThat(estimate("R0", "full", "ethnicity", "Asian")).isNull();
    assertThat(risk("R0", "Asian")).isNull();
    assertThat(estimate(OTHER, "full", "ethnicity", "Black")).isNotNull();
    assertThat(risk(OTHER, "Black")).isNotNull();
  }

  @Test
  void anEstimateTellsOfItsReferenceToo() {
    few("R0", "White", "F");
    few("R0", "White", "M");

    assertThat(values(PublicContract.MODEL_TERMS, "estimate", of("R0", "full", "ethnicity")))
        .isNotEmpty()
        .containsOnlyNulls();
    assertThat(values(PublicContract.MODEL_TERMS, "estimate", of(OTHER, "full", "ethnicity")))
        .doesNotContainNull();
  }

  @Test
  void aTestOfOneCoefficientIsWithheldWithIt() {
    for (String ethnicity : ETHNICITIES) {
      few("R0", ethnicity, "M");
    }
    Map<String, String> ofSex = of("R0", "full", "sex");

    assertThat(estimate("R0", "full", "sex", "M")).isNull();
    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", ofSex)).containsOnlyNulls();
    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", of("R0", "full", "ethnicity")))
        .as("of two coefficients")
        .isNotEmpty()
        .doesNotContainNull();
  }

  @Test
  void aTrendIsWithheldWhereALevelIsFew() {
    regions.put("R0", people("R0", Map.of("imd", "3")));

    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", trend("R0"))).containsOnlyNulls();
    assertThat(values(PublicContract.FACTOR_TESTS, "estimate", trend("R0"))).containsOnlyNulls();
    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", trend(OTHER))).doesNotContainNull();
  }

  /** Margins are large, and one of the combinations is not. */
  @Test
  void anInteractionWithASmallCombinationIsWithheldWithItsMainEffects() {
    few("R0", "Asian", "M");

    assertThat(interactions("R0", "estimate")).isNotEmpty().containsOnlyNulls();
    assertThat(estimate("R0", "interaction", "ethnicity", "Black")).isNull();
    assertThat(estimate("R0", "interaction", "sex", "M")).isNull();
    assertThat(estimate("R0", "full", "ethnicity", "Asian")).isNotNull();
    assertThat(interactions(OTHER, "estimate")).doesNotContainNull();
  }

  @Test
  void countsOfCombinationsAreNotShownAtAll() {
    assertThat(interactions("R1", "n")).isNotEmpty().containsOnlyNulls();
    assertThat(interactions("R1", "events")).containsOnlyNulls();
  }

  /** The pool and all others but one tell the one; and who knows one of two, the other. */
  @Test
  void aPoolIsWithheldWhereOneOrTwoOfItsEstimatesAre() {
    for (String region : List.of("R3", "R4")) {
      regions.put(region, people(region, Map.of()));
    }
    few("R0", "Asian", "F");
    few("R0", "Asian", "M");

    assertThat(withheldRegions("Asian")).isEqualTo(1);
    assertThat(pools("Asian")).isNotEmpty().containsOnlyNulls();
    assertThat(withheldRegions("Black")).isEqualTo(1); // the total would tell the Asian events
    assertThat(pools("Black")).isNotEmpty().containsOnlyNulls();

    few("R1", "Asian", "F");
    few("R1", "Asian", "M");
    assertThat(withheldRegions("Asian")).isEqualTo(2);
    assertThat(pools("Asian")).isNotEmpty().containsOnlyNulls();

    few("R3", "Asian", "F");
    few("R3", "Asian", "M");
    assertThat(withheldRegions("Asian")).isEqualTo(3);
    assertThat(pools("Asian")).isNotEmpty().doesNotContainNull();
  }

  /** Estimates of one factor are functions of its counts, and so is what is pooled of them. */
  @Test
  void thePoolOfModelsThatRepeatTheirDataIsWithheld() {
    assertThat(
            values(
                PublicContract.POOLED_TERMS,
                "estimate",
                Map.of("model", "crude", "level", "Asian")))
        .isNotEmpty()
        .containsOnlyNulls();
    assertThat(pools("Asian")).isNotEmpty().doesNotContainNull();
  }

  @Test
  void aTestOfSeveralCoefficientsIsWithheldWithOneOfThem() {
    few("R0", "Asian", "F");
    few("R0", "Asian", "M");

    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", of("R0", "full", "ethnicity")))
        .isNotEmpty()
        .containsOnlyNulls();
    assertThat(values(PublicContract.FACTOR_TESTS, "p_value", of("R0", "full", "sex")))
        .isNotEmpty()
        .doesNotContainNull();
  }

  /** Profile limits are those of levels with fewer than 20 events. */
  @Test
  void howLimitsWereFoundIsWithheldWithThem() {
    few("R0", "Asian", "F");
    few("R0", "Asian", "M");
    Map<String, String> ofAsian =
        Map.of("region_key", "R0", "model", "full", "term", "ethnicityAsian");
    Map<String, String> ofLevel = with(of("R0", "full", "ethnicity"), "level", "Asian");

    assertThat(exact(GoldContract.TERM_FLAGS, "flag", ofAsian)).contains("PROFILE_LIMITS");
    assertThat(values(PublicContract.TERM_FLAGS, "flag", ofAsian)).isEmpty();
    assertThat(values(PublicContract.MODEL_TERMS, "conf_method", ofLevel)).containsOnlyNulls();
    assertThat(values(PublicContract.MODEL_TERMS, "conf_method", of(OTHER, "full", "ethnicity")))
        .contains("wald");
  }

  /** The limit is known: of three groups with an event each, too few would tell all of them. */
  @Test
  void aReasonDoesNotTellATotalThatIsWithheld() {
    change(
        "R0",
        (levels, cell) ->
            Cell.of(cell.n(), levels.get(1).equals("F") && levels.get(2).equals("1") ? 1 : 0));
    Map<String, String> ofFit = Map.of("region_key", "R0", "model", "full");

    assertThat(exact(GoldContract.FIT_REASONS, "code", ofFit)).contains("EVENTS_TOO_FEW");
    assertThat(values(PublicContract.FIT_REASONS, "code", ofFit))
        .contains("SMALL_COUNTS")
        .doesNotContain("EVENTS_TOO_FEW");
    assertThat(values(PublicContract.MODEL_FITS, "sentence", ofFit))
        .containsExactly("Too few people or events; how many is withheld.");
  }

  /** Of a region where deprivation is never known, effects are adjusted for less. */
  @Test
  void onlyEstimatesOfTheSameModelArePooled() {
    regions.put("R3", people("R3", Map.of()));
    CellTable.Builder nowhere = CellTable.over(FACTORS);
    regions
        .get("R3")
        .cells()
        .forEach((levels, cell) -> nowhere.add(List.of(levels.get(0), levels.get(1), "X"), cell));
    regions.put("R3", nowhere.build());

    assertThat(exact(GoldContract.FIT_REASONS, "code", Map.of("region_key", "R3", "model", "full")))
        .contains("FACTOR_UNUSABLE");
    assertThat(
            exact(
                GoldFigures.POOLED_TERMS,
                "regions",
                Map.of("model", "full", "level", "Asian", "pooling", "dl")))
        .containsExactly(3);
  }

  @Test
  void oneFitOfTheNationIsByTheMethodOfTheModel() {
    for (String region : regions.keySet()) {
      few(region, "Asian", "F");
      few(region, "Asian", "M");
    }
    Map<String, String> ofNation =
        Map.of("model", "full", "level", "Asian", "pooling", "national_fit");

    double plain = (Double) exact(GoldFigures.POOLED_TERMS, "estimate", ofNation).get(0);
    double firth =
        (Double)
            values(
                    new SmallNation("estimates-firth.conf", regions).exact(),
                    GoldFigures.POOLED_TERMS,
                    "estimate",
                    ofNation)
                .get(0);

    assertThat(firth).isGreaterThan(plain + 0.01).isLessThan(0); // drawn to no effect
  }

  /** Nobody of a level has the outcome in any region: of the others there is an estimate still. */
  @Test
  void aLevelWithoutEventsTakesNoOtherOutOfTheFitOfTheNation() {
    Map<String, String> ofNation = Map.of("model", "full", "pooling", "national_fit");
    Map<String, String> ofBlack = with(ofNation, "level", "Black");
    for (String region : regions.keySet()) {
      regions.put(region, people(region, Map.of("imd", "none")));
    }

    List<Object> estimate = exact(GoldFigures.POOLED_TERMS, "estimate", ofBlack);

    assertThat(exact(GoldFigures.POOLED_TERMS, "estimate", with(ofNation, "level", "3"))).isEmpty();
    for (String region : regions.keySet()) {
      regions.put(region, regions.get(region).without("imd", "3"));
    }
    assertThat(estimate).hasSize(1).isEqualTo(exact(GoldFigures.POOLED_TERMS, "estimate", ofBlack));
  }

  /** Of nobody with the outcome the usual error is 0, which would say that it is certain. */
  @Test
  void aLevelWithoutEventsHasNoError() {
    regions.put("R0", people("R0", Map.of("imd", "none")));
    Map<String, String> sii = Map.of("region_key", "R0", "measure", "sii");

    assertThat(exact(GoldFigures.INEQUALITY, "value", sii)).doesNotContainNull().hasSize(1);
    assertThat(exact(GoldFigures.INEQUALITY, "conf_low", sii)).containsOnlyNulls();
    assertThat(exact(GoldFigures.INEQUALITY, "note", sii))
        .containsExactly("Too few levels, or one without events.");
    assertThat(exact(GoldFigures.INEQUALITY, "conf_low", with(sii, "measure", "absolute_gap")))
        .doesNotContainNull();
  }

  /** Nobody in R1 is Asian, so that whatever is withheld there is not in the pool. */
  @Test
  void aPoolIsWithheldWhereTheOtherWithheldEstimatesAreNotInIt() {
    regions.put("R3", people("R3", Map.of()));
    few("R0", "Asian", "F");
    few("R0", "Asian", "M");
    CellTable.Builder others = CellTable.over(FACTORS);
    regions
        .get("R1")
        .cells()
        .forEach(
            (levels, cell) -> {
              if (!levels.get(0).equals("Asian")) {
                others.add(levels, cell);
              }
            });
    regions.put("R1", others.build());
    few("R1", "White", "F");
    few("R1", "White", "M");

    assertThat(estimate("R1", "full", "ethnicity", "Black")).isNull();
    assertThat(estimate("R0", "full", "ethnicity", "Asian")).isNull();
    assertThat(estimate(OTHER, "full", "ethnicity", "Asian")).isNotNull();
    assertThat(pools("Asian")).isNotEmpty().containsOnlyNulls();
  }

  private long withheldRegions(String level) {
    return regions.keySet().stream()
        .filter(region -> estimate(region, "full", "ethnicity", level) == null)
        .count();
  }

  @Test
  void withTenFiveNobodyIsSuppressedLikeAFew() {
    regions.put("R0", people("R0", Map.of("imd", "none")));
    DisclosurePolicy tenFive =
        new DisclosurePolicy(Rule.TEN_FIVE, "", DisclosurePolicy.Estimates.WITHHOLD);
    TableContract rates = PublicContract.RATES;

    List<Row> rows =
        new SmallNation("estimates.conf", regions)
            .published(tenFive).get(rates).stream()
                .filter(row -> "R0".equals(Attacker.value(rates, row, "region_key")))
                .filter(row -> "3".equals(Attacker.value(rates, row, "level")))
                .toList();

    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(Attacker.value(rates, row, "events")).isNull());
  }

  /** 300 people in each cell, of whom 60 to 150 have the outcome, but where few have it. */
  private static CellTable people(String region, Map<String, String> few) {
    CellTable.Builder cells = CellTable.over(FACTORS);
    for (String ethnicity : ETHNICITIES) {
      for (String sex : SEXES) {
        for (int imd = 1; imd <= 5; imd++) {
          int place = (ethnicity + sex + region).hashCode() % 30;
          long events = 90 + place + 6L * imd;
          boolean isFirst = ethnicity.equals("White") && sex.equals("F");
          if (imd == 3 && few.containsKey("imd")) {
            events = few.get("imd").equals("none") || !isFirst ? 0 : 4;
          }
          cells.add(List.of(ethnicity, sex, Integer.toString(imd)), Cell.of(300, events));
        }
      }
    }
    return cells.build();
  }

  /** Gives one combination of levels 2 events in all. */
  private void few(String region, String ethnicity, String sex) {
    change(
        region,
        (levels, cell) ->
            levels.get(0).equals(ethnicity) && levels.get(1).equals(sex)
                ? Cell.of(cell.n(), isOfTheFew(levels))
                : cell);
  }

  private static long isOfTheFew(List<String> levels) {
    return List.of("1", "2").contains(levels.get(2)) ? 1 : 0;
  }

  private void change(String region, BiFunction<List<String>, Cell, Cell> change) {
    CellTable.Builder cells = CellTable.over(FACTORS);
    regions
        .get(region)
        .cells()
        .forEach((levels, cell) -> cells.add(levels, change.apply(levels, cell)));
    regions.put(region, cells.build());
  }

  /** A column of the rows that have these values. */
  private List<Object> values(TableContract table, String column, Map<String, String> where) {
    return values(new SmallNation("estimates.conf", regions).published(), table, column, where);
  }

  private List<Object> exact(TableContract table, String column, Map<String, String> where) {
    return values(new SmallNation("estimates.conf", regions).exact(), table, column, where);
  }

  private static List<Object> values(
      Map<TableContract, List<Row>> tables,
      TableContract table,
      String column,
      Map<String, String> where) {
    return tables.get(table).stream()
        .filter(
            row ->
                where.entrySet().stream()
                    .allMatch(e -> e.getValue().equals(Attacker.value(table, row, e.getKey()))))
        .map(row -> Attacker.value(table, row, column))
        .toList();
  }

  private static Map<String, String> of(String region, String model, String factor) {
    return Map.of("region_key", region, "model", model, "factor", factor);
  }

  private static Map<String, String> trend(String region) {
    return with(of(region, "full", "imd"), "test", "trend");
  }

  private static Map<String, String> with(Map<String, String> where, String name, String value) {
    Map<String, String> more = new TreeMap<>(where);
    more.put(name, value);
    return more;
  }

  private Object estimate(String region, String model, String factor, String level) {
    List<Object> found =
        values(
            PublicContract.MODEL_TERMS,
            "estimate",
            with(of(region, model, factor), "level", level));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Object risk(String region, String level) {
    List<Object> found =
        values(
            PublicContract.STANDARDISED_RISKS,
            "risk",
            with(of(region, "full", "ethnicity"), "level", level));
    assertThat(found).isNotEmpty();
    return found.get(0);
  }

  private List<Object> interactions(String region, String column) {
    return values(PublicContract.MODEL_TERMS, column, of(region, "interaction", "ethnicity:sex"));
  }

  private List<Object> pools(String level) {
    return values(
        PublicContract.POOLED_TERMS,
        "estimate",
        Map.of("model", "full", "level", level, "pooling", "dl"));
  }
}
