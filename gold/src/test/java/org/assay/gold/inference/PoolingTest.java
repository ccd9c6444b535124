package org.assay.gold.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assay.gold.inference.RandomEffects.Method;
import org.junit.jupiter.api.Test;

/** Estimates of several regions together, against metafor and R's p.adjust. */
class PoolingTest {

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PoolingTest.class.getResourceAsStream("/stats/" + name)) {
      return in.readAllBytes();
    }
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(resource(name));
  }

  /** Thirteen trials of the BCG vaccine (Colditz et al. 1994). */
  @Test
  void randomEffectsAreThoseOfMetafor() throws IOException {
    List<String[]> trials =
        new String(resource("bcg.csv"), StandardCharsets.UTF_8)
            .lines()
            .skip(1)
            .map(line -> line.split(","))
            .toList();
    double[] y = trials.stream().mapToDouble(t -> Double.parseDouble(t[t.length - 2])).toArray();
    double[] v = trials.stream().mapToDouble(t -> Double.parseDouble(t[t.length - 1])).toArray();
    JsonNode fits = json("bcg.expected.json").get("fits");
    for (Method method : Method.values()) {
      double within = method == Method.DL ? 1e-9 : 2e-6; // metafor stops REML at 1e-5
      RandomEffects pooled = RandomEffects.pool(y, v, method);
      JsonNode r = fits.get(method.name());
      assertThat(pooled.regions()).isEqualTo(13);
      assertThat(pooled.tau2()).isCloseTo(r.get("tau2").asDouble(), within(within));
      assertThat(pooled.estimate()).isCloseTo(r.get("mu").asDouble(), within(within));
      assertThat(pooled.stdError()).isCloseTo(r.get("se").asDouble(), within(within));
      assertThat(pooled.q()).isCloseTo(r.get("Q").asDouble(), within(1e-8));
      assertThat(pooled.qPValue()).isCloseTo(r.get("Q_p").asDouble(), within(1e-30));
      assertThat(pooled.i2()).isCloseTo(r.get("I2").asDouble(), within(1e-4));
      assertThat(pooled.confidence().low()).isCloseTo(r.get("ci_lb").asDouble(), within(1e-5));
      JsonNode knha = fits.get(method + "_knha");
      assertThat(pooled.hksjStdError()).isCloseTo(knha.get("se").asDouble(), within(1e-6));
      assertThat(pooled.hksjPValue()).isCloseTo(knha.get("p").asDouble(), within(1e-6));
      assertThat(pooled.hksjConfidence().high())
          .isCloseTo(knha.get("ci_ub").asDouble(), within(1e-5));
      assertThat(pooled.prediction().low()).isCloseTo(knha.get("pi_lb").asDouble(), within(1e-5));
      assertThat(pooled.prediction().high()).isCloseTo(knha.get("pi_ub").asDouble(), within(1e-5));
    }
  }

  @Test
  void twoRegionsAreNotPooled() {
    assertThatThrownBy(
            () -> RandomEffects.pool(new double[] {1, 2}, new double[] {1, 1}, Method.DL))
        .hasMessageContaining("2 estimates with 2 variances cannot be pooled; at least 3 can");
  }

  @Test
  void qValuesAreThoseOfBenjaminiAndHochberg() throws IOException {
    for (String name : List.of("multiplicity.json", "multiplicity_na.json")) {
      double[] q = BenjaminiHochberg.qValues(numbers(json(name).get("p")));
      double[] expected = numbers(json(name).get("BH"));
      for (int i = 0; i < q.length; i++) {
        assertThat(Double.isNaN(q[i])).isEqualTo(Double.isNaN(expected[i]));
        if (!Double.isNaN(q[i])) {
          assertThat(q[i]).isCloseTo(expected[i], within(1e-12));
        }
      }
    }
  }

  private static double[] numbers(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(n -> n.isNull() ? Double.NaN : n.asDouble())
        .toArray();
  }
}
