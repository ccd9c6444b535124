package org.assay.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What production sends and people write: one thing wrong at a time. */
final class BadInputs {
  /** The query of the sound project. */
  private static final String QUERY =
      Clinic.CONFIGURATION.substring(
          Clinic.CONFIGURATION.indexOf("sql = "), Clinic.CONFIGURATION.indexOf("    unit"));

  private BadInputs() {}

  /** How far a bad input may come. */
  enum Reach {
    /** Nothing is written, not even to the journal. */
    NOTHING,
    /** The run is journalled as refused. */
    JOURNAL,
    /** The delivery is in bronze, where every delivery is kept, and goes no further. */
    BRONZE,
    /** The rows are accepted, and the population that cannot count them keeps its tables. */
    SILVER
  }

  /**
   * A bad input.
   *
   * @param name what is wrong
   * @param reach how far it may come
   * @param spoil what spoils the sound project
   */
  record BadInput(String name, Reach reach, UnaryOperator<Clinic> spoil) {
    BadInput then(UnaryOperator<Clinic> more) {
      return new BadInput(name, reach, clinic -> more.apply(spoil.apply(clinic)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What is wrong with the configuration itself, whatever the data. */
  static List<BadInput> ofConfiguration() {
    List<BadInput> all = new ArrayList<>(configurations());
    all.addAll(queries());
    return all;
  }

  static List<BadInput> all() {
    List<BadInput> all = ofConfiguration();
    all.addAll(lakesAndKeys());
    all.addAll(files());
    all.addAll(rows());
    return all;
  }

  private static BadInput configuration(String name, String what, String by) {
    return new BadInput(name, Reach.NOTHING, clinic -> clinic.conf(what, by));
  }

  private static List<BadInput> configurations() {
    return List.of(
        configuration("unknown key", "format       = csv", "formt = csv"),
        configuration("wrong type", "min_cohort = 10", "min_cohort = many"),
        configuration(
            "nothing hidden and no reason",
            "name = clinic",
            "name = clinic, disclosure { rule = none }"),
        configuration(
            "no such disclosure", "name = clinic", "name = clinic, disclosure { rule = nsh }"),
        configuration(
            "an index without an end",
            "interest = true }",
            "interest = true, index = \"IoD 2019\", quantiles = national }"),
        configuration(
            "names of regions that nobody lists",
            "region  { code = region }",
            "region  { code = region, name = region_name }"),
        configuration("impossible threshold", "min_cohort = 10", "min_cohort = 0"),
        configuration("no lake", "lake { uri = \"lake\" }", ""),
        configuration("no name", "name = clinic", ""),
        configuration(
            "impossible threshold of the project",
            "name = clinic",
            "name = clinic, readiness { min_cohort = 0 }"),
        configuration("not a format", "format       = csv", "format = cvs"),
        configuration(
            "a dialect that is none",
            "format       = csv",
            "format = csv, csv { delimiter = \"::\", encoding = latin-nine }"),
        configuration(
            "a dialect of Parquet",
            "format       = csv",
            "format = parquet, csv { header = false }"),
        configuration("a path that says nothing", "\"visits.csv\"", "\"visits_{day}.csv\""),
        configuration("a date twice", "\"visits.csv\"", "\"visits_{yyyy-MM-dd}.csv\""),
        configuration("no date at all", "extract_date = \"2026-03-31\"", ""),
        configuration(
            "late for what", "load         = full", "load = full, late_after = \"5 days\""),
        configuration(
            "no such rhythm", "load         = full", "load = full, expected_every = monthly"),
        configuration(
            "no such drift", "load         = full", "load = full, on_missing_column = ignore"),
        configuration("not a day", "\"2026-03-31\"", "\"31/03/2026\""),
        configuration("no such population", "population = visitors", "population = visitor"),
        configuration("column declared twice", "{ name = cost,", "{ name = age,"),
        configuration("key without column", "[visit]\n    columns", "[visits]\n    columns"),
        configuration("reserved characters", "\"visits.csv\"", "s3a://landing/visits.csv"),
        configuration("unbalanced brackets", "lake { uri = \"lake\" }", "lake { uri = \"lake\""),
        configuration("a name that cannot name a table", "extracts.visits", "extracts.Visits"),
        configuration("no primary model", ", primary = true", ""),
        configuration("no such factor", "terms = \"ethnicity\"", "terms = \"ethnicty\""),
        configuration("reference without level", "reference = White", "reference = Welsh"),
        configuration("no such expectation", "values_to_be_between", "values_to_be_betwixt"),
        configuration("bounds of a text", "column = age, min_value", "column = status, min_value"),
        configuration("two-digit years", "dd/MM/yyyy", "dd/MM/yy"),
        configuration("a time in a date", "dd/MM/yyyy", "dd/MM/yyyy HH:mm"),
        configuration(
            "format without a date",
            "{ name = age, type = int }",
            "{ name = age, type = int, format = \"dd/MM/yyyy\" }"),
        configuration(
            "recoded to nothing",
            "{ name = ethnicity }",
            "{ name = ethnicity, recode { \"W\" = null } }"),
        configuration(
            "identifier without pseudonym",
            "{ name = patient }",
            "{ name = patient, class = identifier }"),
        configuration(
            "pseudonym without identifier",
            "{ name = patient }",
            "{ name = patient, pseudonymise { domain = nhs_number } }"),
        configuration(
            "identifier under two names",
            "{ name = patient }",
            "{ name = patient, class = identifier, pseudonymise { domain = nhs_number } }, { name = patient_2, from = patient }"),
        configuration(
            "event and non-event at once", "non_event = [Alive]", "non_event = [Alive, Died]"),
        configuration("counts of people", "unit    = [visit]", "unit = [visit], count = age"),
        configuration(
            "repeats without person", "unit    = [visit]", "unit = [visit], repeats = warn"),
        configuration(
            "first row of nobody", "unit    = [visit]", "person = patient, one_per_person { }"),
        configuration("no query", "sql = \"\"\"", "slq = \"\"\""),
        new BadInput(
            "no such file of SQL",
            Reach.NOTHING,
            clinic -> clinic.conf(QUERY, "sql_file = \"sql/visitors.sql\"\n")));
  }

  private static List<BadInput> queries() {
    return List.of(
        configuration("SQL that reads a path", "FROM visits", "FROM delta.`/lake/bronze/visits`"),
        configuration(
            "SQL through a script",
            "FROM visits",
            "FROM (SELECT TRANSFORM(visit) USING 'date' AS (visit) FROM visits)"),
        configuration("a clock in a literal", "age < 18", "seen > 'today'"),
        configuration("an aggregate as a condition", "age < 18", "sum(age) < 18"),
        configuration("two faults of SQL", "seen, age, cost", "now() AS seen, age, cost")
            .then(clinic -> clinic.conf("code = region", "code = board")),
        configuration("SQL that does not parse", "FROM visits", "FORM visits"),
        configuration("no such column", "seen, age, cost", "seen, aged, cost"),
        configuration("no such extract", "FROM visits", "FROM visit"),
        configuration("no such function", "seen, age, cost", "years(seen) AS seen, age, cost"),
        configuration("a clock", "seen, age, cost", "current_date() AS seen, age, cost"),
        configuration(
            "a clock without brackets", "seen, age, cost", "CURRENT_DATE AS seen, age, cost"),
        configuration("chance", "FROM visits", "FROM visits WHERE `rand` () < 0.5"),
        configuration(
            "names of files", "FROM visits", "FROM visits WHERE input_file_name() LIKE '%a%'"),
        configuration("a clock in a condition", "age < 18", "seen > now()"),
        configuration(
            "a command", "SELECT visit, patient", "DROP TABLE visits; SELECT visit, patient"),
        configuration(
            "a command after WITH",
            "SELECT visit, patient",
            "WITH x AS (SELECT 1) INSERT INTO visits SELECT visit, patient"),
        configuration("the same name twice", "seen, age, cost", "seen, age, cost AS age"),
        configuration("a condition that is none", "age < 18", "age + 18"),
        configuration("a condition on nothing", "age < 18", "years < 18"),
        configuration("a condition that does not parse", "age < 18", "age < < 18"),
        configuration(
            "no such factor column",
            "factors = [ { name = ethnicity,",
            "factors = [ { name = sex, reference = F }, { name = ethnicity,"),
        configuration("no such region column", "code = region", "code = board"),
        configuration("no such status column", "column = status", "column = outcome"),
        configuration("counts that are not whole", "unit    = [visit]\n", "count = cost\n")
            .then(
                clinic ->
                    clinic.conf(
                        "column = status, event = [Died], non_event = [Alive]", "events = age")),
        configuration("a unit of no extract", "unit    = [visit]", "unit = [patient]"),
        configuration("no such person", "unit    = [visit]", "person = nobody"),
        new BadInput(
            "SQL in a file",
            Reach.NOTHING,
            clinic ->
                clinic
                    .conf(QUERY, "sql_file = \"sql/visitors.sql\"\n")
                    .file("sql/visitors.sql", "-- all visits\nSELECT *,\n  agee\nFROM visits\n")));
  }

  private static List<BadInput> lakesAndKeys() {
    String identifier =
        "{ name = patient, class = identifier, pseudonymise { domain = nhs_number } }";
    return List.of(
        new BadInput(
            "a lake that cannot be written",
            Reach.NOTHING,
            clinic -> clinic.file("file", "").conf("uri = \"lake\"", "uri = \"file/lake\"")),
        new BadInput(
            "a lake that can no longer be written",
            Reach.NOTHING,
            clinic -> clinic.without("lake/logs").file("lake/logs", "")),
        new BadInput(
            "a lake of a newer format",
            Reach.NOTHING,
            clinic -> clinic.file("lake/assay-lake-format", "99\n")),
        configuration("no key", "{ name = patient }", identifier)
            .then(
                c ->
                    c.conf(
                        "name = clinic",
                        "name = clinic, privacy { key { env = NOBODY_SETS_THIS } }")),
        new BadInput(
            "a key too short",
            Reach.NOTHING,
            clinic ->
                clinic
                    .conf("{ name = patient }", identifier)
                    .conf("name = clinic", "name = clinic, privacy { key { file = key } }")
                    .file("key", "secret\n")),
        new BadInput(
            "no file of the key",
            Reach.NOTHING,
            clinic ->
                clinic
                    .conf("{ name = patient }", identifier)
                    .conf("name = clinic", "name = clinic, privacy { key { file = key } }")),
        configuration(
                "an identifier in gold",
                "{ name = region, from = board }",
                "{ name = region, from = board, class = identifier, pseudonymise { domain = board } }")
            .then(
                clinic ->
                    clinic
                        .file("key", "a key of enough bytes, for a test alone\n")
                        .conf("name = clinic", "name = clinic, privacy { key { file = key } }")));
  }

  /** A delivery that is not let in. */
  private static BadInput file(String name, UnaryOperator<Clinic> spoil) {
    return new BadInput(
        name, Reach.JOURNAL, clinic -> spoil.apply(clinic.conf("2026-03-31", "2026-04-30")));
  }

  private static List<BadInput> files() {
    String sound = Clinic.csv(Clinic.rows());
    return List.of(
        file("no file", clinic -> clinic.conf("\"visits.csv\"", "\"april.csv\"").withoutVisits()),
        file(
            "an empty folder",
            clinic -> clinic.file("april/.keep", "").conf("\"visits.csv\"", "\"april\"")),
        file(
            "a header and no rows", clinic -> clinic.visits(Clinic.csv(List.of()).stripTrailing())),
        file(
            "no such column in the file",
            clinic -> clinic.visits(sound.replace("ethnicity", "ethnic_group"))),
        file(
            "a part that has not come",
            clinic ->
                clinic
                    .file("april/a.csv", sound)
                    .file(
                        "april/a.manifest.json",
                        "{\"parts\": [{\"file\": \"a.csv\"}, {\"file\": \"b.csv\"}]}")
                    .conf("\"visits.csv\"", "\"april\"")),
        file(
            "fewer rows than announced",
            clinic ->
                clinic
                    .file("april/a.csv", sound)
                    .file("april/a.csv.manifest.json", "{\"rows\": 61}")
                    .conf("\"visits.csv\"", "\"april\"")),
        file(
            "no manifest",
            clinic -> clinic.conf("load         = full", "load = full, manifest = required")),
        file("no header", clinic -> clinic.visits(String.join("\n", Clinic.rows()))),
        new BadInput( // the rules change, and with them what silver has of March
            "no header, and people",
            Reach.SILVER,
            clinic ->
                clinic
                    .conf("2026-03-31", "2026-04-30")
                    .visits(String.join("\n", Clinic.rows()))
                    .file("key", "a key of enough bytes, for a test alone\n")
                    .conf("name = clinic", "name = clinic, privacy { key { file = key } }")
                    .conf(
                        "{ name = patient }",
                        "{ name = patient, class = identifier, pseudonymise { domain = nhs_number } }")),
        new BadInput( // both are in bronze, and neither is used
            "two files of one day",
            Reach.BRONZE,
            clinic ->
                clinic
                    .conf("2026-03-31", "2026-04-30")
                    .file("april/a.csv", sound)
                    .file("april/b.csv", sound.replace("v1,", "v99,"))
                    .conf("\"visits.csv\"", "\"april\"")));
  }

  /** A delivery that is let in and then refused. */
  private static BadInput refused(String name, UnaryOperator<Clinic> spoil) {
    return new BadInput(name, Reach.BRONZE, april(spoil));
  }

  /** A delivery whose rows are accepted, for a population that cannot count them. */
  private static BadInput uncountable(String name, UnaryOperator<Clinic> spoil) {
    return new BadInput(name, Reach.SILVER, april(spoil));
  }

  private static UnaryOperator<Clinic> april(UnaryOperator<Clinic> spoil) {
    return clinic -> spoil.apply(clinic.named("april.csv").conf("2026-03-31", "2026-04-30"));
  }

  private static List<BadInput> rows() {
    String sound = Clinic.csv(Clinic.rows());
    return List.of(
        refused("dates that are not", clinic -> clinic.visits(sound.replace("/03/2026", "/02/30"))),
        refused("too few rows", clinic -> clinic.visits(Clinic.csv(Clinic.rows().subList(0, 39)))),
        uncountable(
            "one visit twice by a join",
            clinic ->
                clinic
                    .visits(sound)
                    .conf("FROM visits", "FROM visits CROSS JOIN VALUES (1), (2)")));
  }
}
