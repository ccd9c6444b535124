package org.assay.gold.inequality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assay.gold.inequality.SlopeIndex.Quantile;
import org.junit.jupiter.api.Test;

/** Rates, limits and measures of inequality, against published figures. */
class PublishedFiguresTest {

  private static String text(String file) {
    try (InputStream in = PublishedFiguresTest.class.getResourceAsStream("/stats/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String[]> rows(String file) {
    return text(file).lines().skip(1).map(line -> line.split(",")).toList();
  }

  private static JsonNode json(String file) {
    try (InputStream in = PublishedFiguresTest.class.getResourceAsStream("/stats/" + file)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void limitsOfCountsAreThePublishedOnes() {
    List<String[]> rows = rows("poisson_limits.csv");
    assertThat(rows).hasSizeGreaterThan(10);
    for (String[] row : rows) {
      double x = Double.parseDouble(row[0]);
      double confidence = Double.parseDouble(row[1]);
      if (x > 0) {
        assertThat(Limits.byar(x, confidence).low())
            .isCloseTo(Double.parseDouble(row[2]), within(1e-8));
      }
      assertThat(Limits.byar(x, confidence).high())
          .isCloseTo(Double.parseDouble(row[3]), within(1e-8));
      assertThat(Limits.exact(x, confidence).low())
          .isCloseTo(Double.parseDouble(row[4]), within(1e-8));
      assertThat(Limits.exact(x, confidence).high())
          .isCloseTo(Double.parseDouble(row[5]), within(1e-8));
      assertThat(Limits.ofCount(x, confidence).low())
          .isCloseTo(Double.parseDouble(row[6]), within(1e-8));
      assertThat(Limits.ofCount(x, confidence).high())
          .isCloseTo(Double.parseDouble(row[7]), within(1e-8));
    }
  }

  @Test
  void limitsOfProportions() {
    List<String[]> rows = rows("wilson_limits.csv");
    assertThat(rows).hasSizeGreaterThanOrEqualTo(5);
    for (String[] row : rows) {
      Limits limits =
          Limits.ofProportion(
              Double.parseDouble(row[0]), Double.parseDouble(row[1]), Double.parseDouble(row[2]));
      assertThat(limits.low()).isCloseTo(Double.parseDouble(row[3]), within(1e-12));
      assertThat(limits.high()).isCloseTo(Double.parseDouble(row[4]), within(1e-12));
    }
  }

  @Test
  void standardisedRates() {
    JsonNode expected = json("dsr_synthetic.expected.json");
    List<String[]> rows = rows("dsr_synthetic.csv");
    List<DirectRate.Stratum> strata = new ArrayList<>();
    List<IndirectRatio.Stratum> indirect = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double events = Double.parseDouble(rows.get(i)[1]);
      double people = Double.parseDouble(rows.get(i)[2]);
      int weight = EuropeanStandardPopulation.weights().get(i);
      assertThat(weight).isEqualTo(Integer.parseInt(rows.get(i)[3]));
      strata.add(DirectRate.Stratum.of(events, people, weight));
      indirect.add(
          new IndirectRatio.Stratum(
              events, people, expected.get("isr").get("ref_rate_per_band").get(i).asDouble(), 1));
    }
    DirectRate rate = DirectRate.of(strata).orElseThrow();
    assertThat(rate.value() * 100_000)
        .isCloseTo(expected.get("dsr_per_100000").asDouble(), within(1e-8));
    assertThat(rate.variance()).isCloseTo(expected.get("vardsr").asDouble(), within(1e-18));
    isBetween(rate.limits(0.95).times(100_000), expected.get("ci95"), 1e-6);
    isBetween(rate.limits(0.998).times(100_000), expected.get("ci998"), 1e-6);
    IndirectRatio ratio = IndirectRatio.of(indirect);
    assertThat(ratio.expected())
        .isCloseTo(expected.get("isr").get("expected").asDouble(), within(1e-8));
    assertThat(ratio.value()).isCloseTo(expected.get("isr").get("ratio").asDouble(), within(1e-12));
    isBetween(ratio.limits(0.95), expected.get("isr").get("ci95"), 1e-9);
  }

  private static void isBetween(Limits limits, JsonNode expected, double tolerance) {
    assertThat(limits.low()).isCloseTo(expected.get("lower").asDouble(), within(tolerance));
    assertThat(limits.high()).isCloseTo(expected.get("upper").asDouble(), within(tolerance));
  }

  /** Five admissions of one person are less sure than one of each of five. */
  @Test
  void eventsThatComeTogetherWidenTheLimits() {
    DirectRate independent =
        DirectRate.of(List.of(DirectRate.Stratum.of(50, 1000, 1))).orElseThrow();
    DirectRate together =
        DirectRate.of(List.of(DirectRate.Stratum.ofRepeated(50, 1000, 1, 250))).orElseThrow();
    assertThat(together.variance()).isCloseTo(5 * independent.variance(), within(1e-18));
    assertThat(DirectRate.of(List.of(DirectRate.Stratum.of(9, 1000, 1)))).isEmpty();
  }

  @Test
  void slopesOfInequalityAreThePublishedOnes() {
    json("sii_example.expected.json")
        .get("areas")
        .fields()
        .forEachRemaining(
            area -> {
              List<Quantile> quantiles =
                  rows("sii_example.csv").stream()
                      .filter(row -> row[0].equals(area.getKey()))
                      .map(
                          row ->
                              new Quantile(
                                  Double.parseDouble(row[2]),
                                  Double.parseDouble(row[3]),
                                  Double.parseDouble(row[4])))
                      .toList();
              SlopeIndex index = SlopeIndex.of(quantiles);
              JsonNode expected = area.getValue();
              assertThat(index.slope()).isCloseTo(expected.get("sii").asDouble(), within(1e-9));
              assertThat(index.intercept())
                  .isCloseTo(expected.get("intercept").asDouble(), within(1e-9));
              assertThat(index.slopeStdError())
                  .isCloseTo(expected.get("sii_se_closed").asDouble(), within(1e-9));
              assertThat(index.relative()).isCloseTo(expected.get("rii").asDouble(), within(1e-12));
              assertThat(index.relativeStdError())
                  .isCloseTo(expected.get("rii_se_delta").asDouble(), within(1e-12));
            });
  }

  @Test
  void funnelsWithOverdispersion() {
    List<String[]> rows = rows("funnel_overdispersion.csv");
    JsonNode expected = json("funnel_overdispersion.expected.json");
    Funnel funnel =
        Funnel.ofRatios(
            rows.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray(),
            rows.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray(),
            1);
    assertThat(funnel.phi()).isCloseTo(expected.get("phi").asDouble(), within(1e-9));
    assertThat(funnel.tau2()).isCloseTo(expected.get("tau2").asDouble(), within(1e-12));
    IntStream.range(0, rows.size())
        .forEach(
            i -> {
              assertThat(funnel.z()[i]).isCloseTo(Double.parseDouble(rows.get(i)[3]), within(1e-9));
              assertThat(funnel.adjusted()[i])
                  .isCloseTo(Double.parseDouble(rows.get(i)[6]), within(1e-9));
            });
  }

  /** PHEindicatormethods: the proportions whose Wilson bound is the average, at 1, 2 and 3. */
  @Test
  void funnelLimitsAreThePublishedOnes() {
    double average = 0.8063999; // of its documented example, of which the limits are published
    assertThat(100 * Funnel.proportionLimits(average, 2, 0.95).low())
        .isCloseTo(25.885383, within(0.01));
    assertThat(100 * Funnel.proportionLimits(average, 3, 0.95).low())
        .isCloseTo(35.933491, within(0.01));
    Limits limits = Funnel.ratioLimits(100, 0.95);
    assertThat(Limits.exact(100 * limits.low(), 0.95).high()).isCloseTo(100, within(1e-6));
    assertThat(Limits.exact(100 * limits.high(), 0.95).low()).isCloseTo(100, within(1e-6));
    assertThat(Funnel.ratioLimits(1, 0.95).low()).isZero();
  }

  @Test
  void bandsOfTheStandardPopulation() {
    assertThat(EuropeanStandardPopulation.weights().stream().mapToInt(w -> w).sum())
        .isEqualTo(100_000);
    assertThat(EuropeanStandardPopulation.weight("0-9")).contains(10_500);
    assertThat(EuropeanStandardPopulation.weight("Age 65 to 69")).contains(5_500);
    assertThat(EuropeanStandardPopulation.weight("80+")).contains(5_000);
    assertThat(EuropeanStandardPopulation.weight("90 and over")).contains(1_000);
    assertThat(EuropeanStandardPopulation.weight("18-24")).isEmpty();
    assertThat(EuropeanStandardPopulation.weight("adult")).isEmpty();
  }
}
