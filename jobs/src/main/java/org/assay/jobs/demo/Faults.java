package org.assay.jobs.demo;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the landing, for whoever reads it. */
final class Faults {
  private static final String[] ALL = {
    "patients 2026-03-31: one white patient without a practice, so without a board: the region called null.",
    "patients 2026-03-31: 120 newborn of a neonatal unit, whose board RNU is no board.",
    "patients 2026-03-31: 50 people of a practice of board QZZ, which nobody knows.",
    "patients 2026-03-31: ten rows with numbers for tests, or whose check digit is wrong.",
    "patients 2026-03-31: a new column, preferred_language.",
    "patients 2026-02-28: revision 0 has no ethnicities; revision 1 replaces it.",
    "patients 2026-02-28 revision 1: five patients twice, and two patients twice with another sex.",
    "patients 2026-01-31 comes after the later ones, and attendances 2025-10-01 after 2026-04-01.",
    "patients: three in a hundred move practice in January, and half of them back by March.",
    "practices: names in Windows-1252; practice P00003 belongs to another board from 2026-01-01.",
    "admissions: twenty spells that end before they begin.",
    "hba1c_tests 2026-05-01: the manifest promises more rows than came.",
  };

  private Faults() {}

  static List<String> text(long people, long seed) {
    List<String> lines = new ArrayList<>();
    lines.add("# Faults of this landing");
    lines.add("");
    lines.add(
        "Synthetic: %d invented people of seed %d. Nothing here says anything about anybody."
            .formatted(people, seed));
    lines.add("The boards and their deprivation are real; everything else is drawn.");
    lines.add("");
    for (int i = 0; i < ALL.length; i++) {
      lines.add("%d. %s".formatted(i + 1, ALL[i]));
    }
    return lines;
  }
}
