package org.assay.jobs.demo;

import java.util.ArrayList;
import java.util.List;
import org.assay.common.table.TableName;

/** What is wrong with the landing, for whoever reads it. */
public final class Faults {
  private static final String REGION =
      "SELECT first(concat(status, ': ', n, if(n = 1, ' person, ', ' people, '), reasons[0].code)) FROM t WHERE region %s";
  private static final String ROWS =
      "SELECT concat(count(*), ' rows ', min(status), ': ', min(reason.expectation_id)) FROM"
          + " (SELECT extract, status, explode(reasons) AS reason FROM t)"
          + " WHERE extract = '%s' AND reason.expectation_id LIKE '%s%%' HAVING count(*) > 0";
  private static final String STATE =
      "SELECT first(concat(state, ': ', reason)) FROM t WHERE extract = '%s' AND state = '%s'";

  private static final List<Fault> ALL =
      List.of(
          fault(
              "patients 2026-03-31: one white patient without a practice, so without a board: the region called null.",
              "quarantine.regions",
              REGION.formatted("IS NULL")),
          fault(
              "patients 2026-03-31: 120 newborn of a neonatal unit, whose board RNU is no board.",
              "quarantine.regions",
              REGION.formatted("= 'RNU'")),
          fault(
              "patients 2026-03-31: 50 people of a practice of board QZZ, which nobody knows.",
              "quarantine.regions",
              REGION.formatted("= 'QZZ'")),
          fault(
              "patients 2026-03-31: ten rows with numbers for tests, or whose check digit is wrong.",
              "quarantine.rows",
              ROWS.formatted("patients", "expect_column_values_to_be_valid_nhs_number")),
          fault(
              "patients 2026-03-31: a new column, preferred_language.",
              "ops.schemas",
              "SELECT first(concat('came on ', came_on, if(declared, ', used', ', kept in bronze, not used')))"
                  + " FROM t WHERE extract = 'patients' AND column_name = 'preferred_language'"),
          fault(
              "patients 2026-02-28: revision 0 has no ethnicities; revision 1 replaces it.",
              "ops.deliveries",
              STATE.formatted("patients", "superseded")),
          fault(
              "patients 2026-02-28 revision 1: five patients twice.",
              "ops.ledger",
              "SELECT concat(sum(rows - rows_before), ' rows counted as duplicates') FROM t"
                  + " WHERE extract = 'patients' AND class = 'duplicate' HAVING count(*) > 0"),
          fault(
              "patients 2026-02-28 revision 1: two patients twice with another sex.",
              "quarantine.rows",
              ROWS.formatted("patients", "KEY_CONFLICT")),
          fault(
              "patients 2026-01-31 comes after the later ones.",
              "silver.patient",
              "SELECT concat(count(*), ' versions begin on that day') FROM t WHERE valid_from = DATE'2026-01-31' HAVING count(*) > 0"),
          fault(
              "attendances 2025-10-01 come after those of 2026-04-01.",
              "silver.attendances",
              "SELECT concat(count(*), ' rows with their own date') FROM t WHERE _extract_date = DATE'2025-10-01' HAVING count(*) > 0"),
          fault(
              "patients: three in a hundred move practice in January, and half of them back by March.",
              "silver.patient",
              "SELECT concat(count_if(versions = 2), ' patients in two versions, ', count_if(versions > 2), ' in three or more')"
                  + " FROM (SELECT patient, count(*) AS versions FROM t GROUP BY patient) HAVING count_if(versions > 1) > 0"),
          fault(
              "practices: names in Windows-1252.",
              "silver.practices",
              "SELECT concat('read as \u201c', min(name), '\u201d') FROM t WHERE name LIKE 'Ch\u00e2teau%' HAVING count(*) > 0"),
          fault(
              "practices: P00003 belongs to another board from 2026-01-01.",
              "silver.practice",
              "SELECT array_join(transform(array_sort(collect_list(struct(valid_from, board))),"
                  + " v -> concat(v.board, ' from ', v.valid_from)), ', ') FROM t WHERE practice = 'P00003' HAVING count(*) > 1"),
          fault(
              "admissions: twenty spells that end before they begin.",
              "quarantine.rows",
              ROWS.formatted("admissions", "expect_column_dates_to_be_in_order")),
          fault(
              "hba1c_tests 2026-05-01: the manifest promises more rows than came.",
              "ops.deliveries",
              STATE.formatted("hba1c_tests", "incomplete")));

  private Faults() {}

  /** All of them. */
  public static List<Fault> all() {
    return ALL;
  }

  private static Fault fault(String what, String table, String found) {
    return new Fault(what, TableName.parse(table).orElseThrow(), found);
  }

  static List<String> text(long people, long seed) {
    List<String> lines = new ArrayList<>();
    lines.add("# Faults of this landing");
    lines.add("");
    lines.add(
        "Synthetic: %d invented people of seed %d. Nothing here says anything about anybody."
            .formatted(people, seed));
    lines.add("The boards and their deprivation are real; everything else is drawn.");
    lines.add("");
    for (int i = 0; i < ALL.size(); i++) {
      lines.add("%d. %s".formatted(i + 1, ALL.get(i).what()));
    }
    return lines;
  }
}
