package org.assay.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A landing in which identifiers stand wherever they may: accepted, repeated, in conflict,
 * malformed, in the wrong column, of the wrong form, and in files that are refused.
 */
final class Ward {
  private static final String CONFIGURATION =
      """
      assay {
        name = ward
        lake { uri = "lake" }
        privacy { key { file = key } }
        extracts.patients {
          path = "patients.csv", format = csv, load = full, extract_date = "2026-03-31"
          key = [patient]
          columns = [
            { name = patient, from = nhs_number, class = identifier, pseudonymise { domain = nhs_number, normalise = digits } }
            { name = hospital_number, from = mrn, class = identifier, pseudonymise { domain = mrn, normalise = alphanumeric } }
            { name = born, type = date, format = "dd/MM/yyyy", class = quasi_identifier }
            { name = region }
            { name = ethnicity }
          ]
          expectations = [
            { expect = expect_column_values_to_be_in_set, column = ethnicity, value_set = [White, Other], on_fail = quarantine }
            { expect = expect_column_values_to_be_valid_nhs_number, column = patient, on_fail = warn }
            { expect = expect_column_value_lengths_to_be_between, column = region, max_value = 2, on_fail = warn }
            { expect = expect_column_most_common_value_to_be_in_set, column = region, value_set = [North], on_fail = warn }
            { expect = expect_table_columns_to_match_ordered_list, column_list = [nhs_number], on_fail = warn }
            { expect = expect_table_row_count_to_be_between, min_value = 40, on_fail = refuse }
          ]
          drift = [ { metric = new_levels, column = region }, { metric = level_shares, column = ethnicity, upper_bound = 0.5 } ]
        }
        extracts.stays {
          path = "stays.csv", format = csv, load = full, extract_date = "2026-03-31"
          columns = [
            { name = patient, from = patient_nhs, class = identifier, pseudonymise { domain = nhs_number, normalise = digits } }
            { name = status }
          ]
          expectations = [
            { expect = expect_column_values_to_be_in_set, column = patient, value_set_from { extract = patients, column = patient }, on_fail = warn }
          ]
        }
        populations.inpatients {
          sql = "SELECT s.patient, p.region, p.ethnicity, s.status FROM stays s LEFT JOIN patients p ON s.patient = p.patient"
          person = patient
          region { code = region }
          factors = [ { name = ethnicity, levels = [White, Other], reference = White, interest = true } ]
        }
        cohorts.death {
          population = inpatients
          outcome    { column = status, event = [Died], non_event = [Alive] }
          readiness  { min_cohort = 10, min_level = 1 }
          models     { crude { terms = "ethnicity", primary = true, engine = cells } }
        }
      }
      """;

  private final Path folder;
  private final List<String> identifiers = new ArrayList<>();
  private final String patients;

  private Ward(Path folder) {
    this.folder = folder;
    this.patients = patients();
  }

  /** Writes configuration, key and landing. */
  static Ward in(Path folder, String key) throws IOException {
    Ward ward = new Ward(folder);
    Files.writeString(folder.resolve("key"), key + "\n");
    Files.writeString(folder.resolve("assay.conf"), CONFIGURATION);
    Files.writeString(folder.resolve("patients.csv"), ward.patients);
    Files.writeString(folder.resolve("stays.csv"), stays());
    return ward;
  }

  /** Every identifier, in every spelling that came. */
  List<String> identifiers() {
    return List.copyOf(identifiers);
  }

  /** Ten digits that nothing else in a lake has. */
  static String nhsNumber(int patient) {
    return "94347%05d".formatted(31_415 + 271 * patient);
  }

  static String hospitalNumber(int patient) {
    return "XQ%04dZ".formatted(4_000 + 7 * patient);
  }

  static String spaced(String number) {
    return number.substring(0, 3) + " " + number.substring(3, 6) + " " + number.substring(6);
  }

  private String patients() {
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      identifiers.addAll(
          List.of(nhsNumber(i), spaced(nhsNumber(i)), spaced(nhsNumber(i)).replace(' ', '-')));
      identifiers.add(hospitalNumber(i));
      identifiers.add(hospitalNumber(i).toLowerCase(Locale.ROOT));
      String number =
          i % 3 == 0 ? nhsNumber(i) : spaced(nhsNumber(i)).replace(i % 3 == 1 ? "!" : " ", "-");
      rows.add(row(number, hospitalNumber(i), "1980", i));
    }
    rows.add(row(nhsNumber(1), hospitalNumber(1), "1980", 1)); // repeats
    rows.add(row(nhsNumber(2), hospitalNumber(2), "1981", 2)); // in conflict with an earlier one
    rows.add(row("", hospitalNumber(3), "1980", 3)); // no key
    rows.add(row("A" + nhsNumber(4), hospitalNumber(4), "1980", 4)); // not made of digits
    rows.add(nhsNumber(5) + ",\"" + hospitalNumber(5) + "!\"," + nhsNumber(5) + ",North,White");
    rows.add(row(nhsNumber(6), hospitalNumber(6), "1980", 6) + "," + nhsNumber(6)); // malformed
    rows.add(nhsNumber(7)); // malformed
    rows.add("North," + hospitalNumber(8) + ",01/02/1980," + nhsNumber(8) + ",White"); // swapped
    rows.add(row(nhsNumber(10), hospitalNumber(10), "1980", 2).replace("White", nhsNumber(11)));
    rows.add(row("943 000 0001", "XQ0001Z", "1980", 8).replaceAll("(White|Other)$", "Unheard of"));
    identifiers.addAll(List.of("9430000001", "943 000 0001", "XQ0001Z"));
    return "nhs_number,mrn,born,region,ethnicity\n" + String.join("\n", rows) + "\n";
  }

  private static String row(String number, String hospitalNumber, String year, int i) {
    return "%s,%s,01/02/%s,%s,%s"
        .formatted(
            number,
            hospitalNumber,
            year,
            i % 2 == 0 ? "North" : "South",
            i % 3 == 0 ? "Other" : "White");
  }

  private static String stays() {
    StringBuilder rows = new StringBuilder("patient_nhs,status\n");
    for (int i = 1; i <= 60; i++) {
      rows.append("%s,%s%n".formatted(spaced(nhsNumber(i)), i % 5 == 0 ? "Died" : "Alive"));
    }
    return rows.append("%s,Alive%n".formatted(nhsNumber(1))).toString();
  }

  /** A delivery with too few rows. */
  Path refused() throws IOException {
    return Files.writeString(
        folder.resolve("april.csv"),
        "nhs_number,mrn,born,region,ethnicity\n" + row(nhsNumber(9), hospitalNumber(9), "1980", 9));
  }

  /** A delivery without its header, so that the first person stands where names are looked for. */
  Path headless(String separator) throws IOException {
    return Files.writeString(
        folder.resolve("headless.csv"),
        row(nhsNumber(9), hospitalNumber(9), "1980", 9).replace(",", separator) + "\n1,2,3,4,5\n");
  }

  /** A delivery whose reader stumbles over the rows. */
  Path notParquet() throws IOException {
    return Files.writeString(folder.resolve("may.parquet"), patients);
  }
}
