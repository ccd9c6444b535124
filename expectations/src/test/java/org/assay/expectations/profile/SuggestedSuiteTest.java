package org.assay.expectations.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assay.expectations.ColumnType;
import org.junit.jupiter.api.Test;

class SuggestedSuiteTest {
  private static String suggested(double completeness, boolean isWhole) {
    ColumnProfile ethnicity =
        new ColumnProfile(
            "ethnicity",
            completeness,
            false,
            Optional.empty(),
            Map.of("A", 900L, "B", 60L),
            isWhole);
    return String.join(
        "\n",
        new SuggestedSuite(Map.of("ethnicity", ColumnType.STRING))
            .lines(1_000, List.of(ethnicity)));
  }

  /** A set without values that are right would hold rows of the delivery that it was made from. */
  @Test
  void aSetFromWhichValuesWereLeftOutHoldsNobodyAndSaysSo() {
    assertThat(suggested(1, true)).contains("value_set = [\"A\", \"B\"], on_fail = quarantine }\n");
    assertThat(suggested(1, false))
        .contains(
            "value_set = [\"A\", \"B\"], on_fail = warn }   # without values that may be of few people");
  }

  @Test
  void numbersAreWrittenAsAConfigurationReadsThemWhateverTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(suggested(0.978, true)).contains("mostly = 0.97, on_fail = warn");
    } finally {
      Locale.setDefault(before);
    }
  }
}
