package org.assay.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallCountsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The region is empty for 1 person.|The region is empty for fewer than 8 people.",
        "7 people; this cohort needs at least 1,000.|Fewer than 8 people; this cohort needs at least 1,000.",
        "3 people left of 7; this cohort needs at least 1,000.|Fewer than 8 people; this cohort needs at least 1,000.",
        "20 people, up from 5 at the last publication (+300.0 %).|20 people, up from fewer than 8 at the last publication.",
        "98 people left of 102; this cohort needs at least 100.|98 people; this cohort needs at least 100.",
        "1 person is in ethnicity X (0.03 %), and 30 people were (0.90 %) at the last publication.|Fewer than 8 people are in ethnicity X, and 30 people were at the last publication.",
        "1 of its 2,000 rows would be held (0.1 %).|Fewer than 8 of its 2,000 rows would be held.",
        "1 new level of region: null (1 row)|1 new level of region: null (fewer than 8 rows)",
        "None of 5 people had the outcome.|None of fewer than 8 people had the outcome.",
        "All 3 people are in ethnicity White, so it was left out.|All people, fewer than 8, are in ethnicity White, so it was left out.",
        "3 events, for 2 coefficients; each needs at least 10.|Fewer than 8 events, for 2 coefficients; each needs at least 10.",
        "1 event, for 2 coefficients.|Fewer than 8 events, for 2 coefficients.",
        "4 of 1,226 people (0.3 %) are in 2 regions.|Fewer than 8 of 1,226 people are in 2 regions.",
      })
  void fewPeopleAreFewerThanEight(String sentence, String told) {
    assertThat(SmallCounts.masked(sentence)).isEqualTo(told);
  }

  @Test
  void allElseIsToldAsItIs() {
    for (String sentence :
        new String[] {
          "90 people left of 102; this cohort needs at least 100.",
          "17 people; this cohort needs at least 1,000.",
          "1,003 people are in ethnicity 3.",
          "Nobody is in deprivation 3, 4 and 5; the levels left are 1 and 2.",
          "admissions_2026-10.csv has 4 columns.",
          "8 events for 3 coefficients (12.5 %)."
        }) {
      assertThat(SmallCounts.masked(sentence)).isEqualTo(sentence);
    }
  }
}
