package org.assay.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private record Rule(String name, List<String> values, Optional<String> note) {}

  private static String of(List<String> values, String note) {
    return Fingerprint.of(new Rule("a", values, Optional.ofNullable(note)));
  }

  @Test
  void equalContentHasEqualFingerprints() {
    assertThat(of(List.of("x", "y"), "n")).isEqualTo(of(List.of("x", "y"), "n")).hasSize(64);
  }

  @Test
  void whatOnlyPrintsAlikeIsNotTheSame() {
    assertThat(of(List.of("Died, in hospital"), null))
        .isNotEqualTo(of(List.of("Died", "in hospital"), null));
    assertThat(of(List.of(), null)).isNotEqualTo(of(List.of(""), null));
    assertThat(of(List.of("x"), null)).isNotEqualTo(of(List.of("x"), "n"));
    assertThat(Fingerprint.of(Map.of("a", "b=c"))).isNotEqualTo(Fingerprint.of(Map.of("a=b", "c")));
    assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"));
  }

  private sealed interface Sparse {
    record LeftOut() implements Sparse {}

    record IntoNeighbour() implements Sparse {}

    record AtMost(double share) implements Sparse {}

    record AtLeast(double share) implements Sparse {}
  }

  @Test
  void oneChoiceIsNotAnotherOfTheSameComponents() {
    assertThat(Fingerprint.of(new Sparse.LeftOut()))
        .isEqualTo(Fingerprint.of(new Sparse.LeftOut()))
        .isNotEqualTo(Fingerprint.of(new Sparse.IntoNeighbour()));
    assertThat(Fingerprint.of(List.of(new Sparse.AtMost(0.1))))
        .isNotEqualTo(Fingerprint.of(List.of(new Sparse.AtLeast(0.1))));
  }

  /** Two processes must agree, and Java's immutable maps and sets come in another order in each. */
  @Test
  void whatHasNoOrderHasOneFingerprint() {
    Map<String, Integer> up = new LinkedHashMap<>();
    Map<String, Integer> down = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      up.put("key" + i, i);
      down.put("key" + (8 - i), 8 - i);
    }
    assertThat(List.copyOf(up.keySet())).isNotEqualTo(List.copyOf(down.keySet()));
    assertThat(Fingerprint.of(up)).isEqualTo(Fingerprint.of(down));
    assertThat(Fingerprint.of(up.keySet())).isEqualTo(Fingerprint.of(down.keySet()));
    assertThat(Fingerprint.of(List.copyOf(up.keySet())))
        .isNotEqualTo(Fingerprint.of(List.copyOf(down.keySet())));
    assertThat(Fingerprint.of(Map.of("a", 1))).isNotEqualTo(Fingerprint.of(Map.of("a", 2)));
  }
}
