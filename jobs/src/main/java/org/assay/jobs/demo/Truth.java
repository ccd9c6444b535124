package org.assay.jobs.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The effects that an outcome's events are drawn with, on the scale of the link.
 *
 * @param cohort the cohort
 * @param intercept of the references, without the board's own
 * @param effects by factor and level; a level without one has none
 */
record Truth(String cohort, double intercept, Map<String, Map<String, Double>> effects) {
  static final Truth ADMISSION = of("emergency_admission", -2.0, 0.10, 1.0, 1.0, 1.0);
  static final Truth READMISSION = of("readmission", -2.9, 0.15, 0.8, 0.9, 1.1);
  static final Truth DEATH = of("death", -3.1, 0.20, -0.5, 1.1, 1.4);
  static final Truth WAIT = of("cancer_wait", -2.7, 0.05, 1.2, 0.8, 0.6);
  static final Truth TEST = of("hba1c_test", -1.3, 0.10, 1.5, 0.5, 0.9);
  static final Truth ATTENDANCE = of("attendance", -0.9, 0.05, 0.9, 1.0, 0.7);

  /** How far boards differ by themselves. */
  static final double BOARDS = 0.4;

  static List<Truth> all() {
    return List.of(ADMISSION, READMISSION, DEATH, WAIT, TEST, ATTENDANCE);
  }

  private static Truth of(
      String cohort,
      double intercept,
      double male,
      double ethnicity,
      double deprivation,
      double age) {
    Map<String, Map<String, Double>> effects = new LinkedHashMap<>();
    effects.put(
        "ethnic_group",
        Map.of(
            "Mixed", 0.05 * ethnicity,
            "Asian", 0.15 * ethnicity,
            "Black", 0.25 * ethnicity,
            "Other", 0.10 * ethnicity));
    effects.put(
        "imd_quintile",
        Map.of(
            "1", 0.5 * deprivation,
            "2", 0.35 * deprivation,
            "3", 0.2 * deprivation,
            "4", 0.1 * deprivation));
    effects.put("sex", Map.of("M", male));
    effects.put(
        "age_band",
        Map.of(
            "0-9", 0.1 * age,
            "10-19", -0.2 * age,
            "20-29", -0.1 * age,
            "45-59", 0.3 * age,
            "60-69", 0.5 * age,
            "70-79", 0.8 * age,
            "80+", 1.1 * age));
    return new Truth(cohort, intercept, effects);
  }

  /** The linear predictor of somebody with these levels, without the board's own part. */
  double predictor(Map<String, String> levels) {
    double sum = intercept;
    for (Map.Entry<String, Map<String, Double>> factor : effects.entrySet()) {
      sum += factor.getValue().getOrDefault(levels.get(factor.getKey()), 0.0);
    }
    return sum;
  }

  /** Lines of a file of all effects. */
  static List<String> lines() {
    return all().stream()
        .flatMap(
            truth ->
                truth.effects().entrySet().stream()
                    .flatMap(
                        factor ->
                            factor.getValue().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(
                                    level ->
                                        "%s,%s,%s,%s"
                                            .formatted(
                                                truth.cohort(),
                                                factor.getKey(),
                                                level.getKey(),
                                                level.getValue()))))
        .toList();
  }
}
