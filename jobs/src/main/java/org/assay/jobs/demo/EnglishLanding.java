package org.assay.jobs.demo;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.delivery.Load;
import org.assay.jobs.demo.LandingFiles.Sent;

/**
 * The landing of a synthetic England: a year of registers and events of people who do not exist,
 * with faults that {@code FAULTS.md} lists. A pure function of the number of people and the seed;
 * written by Spark, so that no number of people is too many for memory.
 */
public final class EnglishLanding {
  private static final LocalDate OCTOBER = LocalDate.parse("2025-10-01");
  private static final LocalDate JANUARY = LocalDate.parse("2026-01-01");
  private static final LocalDate MAY = LocalDate.parse("2026-05-01");

  /** Practices that are in no board that is listed. */
  private static final int NEONATAL_UNIT = 9001;

  private static final int ELSEWHERE = 9002;
  private static final int NEWBORN = 120;
  private static final int STRAY = 50;

  private final SparkSession spark;
  private final LandingFiles files;
  private final List<Boards.Board> boards = Boards.all();
  private final Dataset<Row> people;
  private final long count;

  private EnglishLanding(SparkSession spark, Path landing, Path work, long people, long seed) {
    this.spark = spark;
    this.files = new LandingFiles(landing, people);
    String drawn = work.toUri().toString();
    new People(seed, boards).all(spark, people).write().parquet(drawn);
    this.people = spark.read().parquet(drawn); // each is asked for many times
    this.count = people;
  }

  /**
   * Writes the landing.
   *
   * @param people how many people there are, at most 9,000,000
   * @param seed another one makes other people
   */
  public static void write(SparkSession spark, Path landing, long people, long seed) {
    if (people < 1 || people > People.MOST) {
      throw new IllegalArgumentException(
          "people must be from 1 to %d, not %d.".formatted(People.MOST, people));
    }
    Path work = landing.resolveSibling("_people");
    LandingFiles.delete(work); // of a landing whose making was stopped
    LandingFiles.delete(landing);
    EnglishLanding england = new EnglishLanding(spark, landing, work, people, seed);
    england.registers();
    england.places();
    england.events();
    england.files.text(
        "TRUTH.csv",
        Stream.concat(Stream.of("cohort,factor,level,effect"), Truth.lines().stream()).toList());
    LandingFiles.delete(work);
    england.files.text("FAULTS.md", Faults.text(people, seed));
  }

  private void registers() {
    files.write(Sent.full("patients", People.START), registered(People.START));
    Sent january = Sent.full("patients", People.JANUARY);
    files.write(january, registered(People.JANUARY));
    Sent february = Sent.full("patients", People.FEBRUARY);
    files.write(february, registered(People.FEBRUARY).withColumn("ethnic_category", expr("'Z'")));
    Dataset<Row> right = registered(People.FEBRUARY);
    Column other = expr("if(sex = 'F', 'M', 'F')");
    files.write(
        february.revised(),
        right
            .unionByName(registered(People.FEBRUARY, "id BETWEEN 10 AND 14"))
            .unionByName(
                registered(People.FEBRUARY, "id BETWEEN 15 AND 16").withColumn("sex", other)));
    files.write(
        Sent.full("patients", People.MARCH),
        registered(People.MARCH)
            .unionByName(strangers())
            .withColumn("preferred_language", expr("if(ethnic_category = 'A', 'English', '')")));
    files.cameAt(january, Instant.parse("2026-04-02T06:00:00Z"));
  }

  /** The register of a month: whoever has joined and not died. */
  private Dataset<Row> registered(LocalDate date) {
    return registered(date, "true");
  }

  private Dataset<Row> registered(LocalDate date, String who) {
    String isAway =
        date.equals(People.JANUARY) || date.equals(People.FEBRUARY)
            ? "moves"
            : date.equals(People.MARCH) ? "moves AND NOT comes_back" : "false";
    return people
        .filter("joined <= DATE '%s' AND until >= DATE '%1$s'".formatted(date))
        .filter(who)
        .selectExpr(
            "nhs_number",
            "date_of_birth",
            "sex",
            "ethnic_category",
            "if(%s, away, home) AS gp_practice".formatted(isAway),
            "lsoa");
  }

  /** People whom no board should be judged by, and rows that are no people's. */
  private Dataset<Row> strangers() {
    StructType columns =
        StructType.fromDDL(
            "nhs_number STRING, date_of_birth STRING, sex STRING, ethnic_category STRING,"
                + " gp_practice STRING, lsoa STRING");
    List<Row> rows = new ArrayList<>();
    String area = "E01900000";
    for (int i = 0; i < NEWBORN; i++) {
      String practice = People.practice(NEONATAL_UNIT);
      rows.add(
          RowFactory.create(number(i), "15/03/2026", i % 2 == 0 ? "F" : "M", "A", practice, area));
    }
    for (int i = 0; i < STRAY; i++) {
      String practice = People.practice(ELSEWHERE);
      rows.add(RowFactory.create(number(NEWBORN + i), "01/02/1980", "F", "A", practice, area));
    }
    rows.add(RowFactory.create(number(NEWBORN + STRAY), "01/02/1980", "F", "A", null, area));
    for (int i = 0; i < 10; i++) { // numbers for tests, and numbers whose check digit is wrong
      String wrong = (i < 5 ? "999000000" : "900000000") + (1 + i % 5);
      rows.add(RowFactory.create(wrong, "01/01/1970", "M", "A", "P00001", area));
    }
    return spark.createDataFrame(rows, columns).coalesce(1);
  }

  /** The number of a person beyond all others. */
  private String number(int beyond) {
    return People.nhsNumber(90_000_000 + count + beyond);
  }

  private void places() {
    StructType practice = StructType.fromDDL("practice STRING, name STRING, icb_code STRING");
    Sent first = Sent.full("practices", People.START).in("windows-1252");
    files.write(first, spark.createDataFrame(practices(false), practice).coalesce(1));
    Sent second = Sent.full("practices", JANUARY).in("windows-1252");
    files.write(second, spark.createDataFrame(practices(true), practice).coalesce(1));
    files.write(
        Sent.full("boards", People.START),
        spark
            .createDataFrame(
                boards.stream().map(b -> RowFactory.create(b.code(), b.name())).toList(),
                StructType.fromDDL("icb_code STRING, name STRING"))
            .coalesce(1));
    files.write(
        Sent.full("small_areas", People.START),
        spark
            .createDataFrame(
                Boards.areas(boards).stream()
                    .map(a -> RowFactory.create(a.lsoa(), Integer.toString(a.decile())))
                    .toList(),
                StructType.fromDDL("lsoa STRING, imd_decile STRING"))
            .coalesce(1));
  }

  private List<Row> practices(boolean isLater) {
    List<Row> practices = new ArrayList<>();
    for (int i = 0; i < boards.size() * People.PRACTICES; i++) {
      boolean hasMoved = isLater && i == 3;
      String board = boards.get(hasMoved ? 1 : i / People.PRACTICES).code();
      String name = (i % 5 == 0 ? "Château Road Surgery " : "Abbey Practice ") + i;
      practices.add(RowFactory.create(People.practice(i), name, board));
    }
    practices.add(RowFactory.create(People.practice(NEONATAL_UNIT), "Neonatal unit", "RNU"));
    practices.add(RowFactory.create(People.practice(ELSEWHERE), "Unknown board", "QZZ"));
    return practices;
  }

  private void events() {
    Dataset<Row> spells =
        people
            .filter("admitted IS NOT NULL")
            .selectExpr(
                "format_string('E%09d', id) AS spell", "nhs_number", "admitted", "discharged");
    Dataset<Row> swapped =
        people
            .filter("id < 20")
            .selectExpr(
                "format_string('X%09d', id) AS spell",
                "nhs_number", "DATE '2025-12-10' AS admitted", "DATE '2025-12-01' AS discharged");
    files.write(Sent.full("admissions", People.END), spells.unionByName(swapped));
    send("readmissions", "R", "spell", "readmitted");
    send("deaths", "D", "registration", "died");
    send("cancer_waits", "C", "pathway", "breached");
    Dataset<Row> tests = happened("H", "test", "tested");
    files.write(Sent.full("hba1c_tests", People.END), tests);
    files.write(Sent.full("hba1c_tests", MAY), tests.limit(600), 400); // cut off on its way
    Dataset<Row> attended = attendances();
    Sent half = Sent.full("attendances", OCTOBER).as(Load.DELTA);
    String before = "attended < DATE '%s'".formatted(OCTOBER);
    files.write(half, attended.filter(before));
    files.write(
        Sent.full("attendances", People.END).as(Load.DELTA), attended.filter("NOT " + before));
    files.cameAt(half, Instant.parse("2026-04-03T06:00:00Z"));
  }

  private void send(String extract, String letter, String key, String date) {
    files.write(Sent.full(extract, People.END), happened(letter, key, date));
  }

  private Dataset<Row> happened(String letter, String key, String date) {
    return people
        .filter(date + " IS NOT NULL")
        .selectExpr(
            "format_string('%s%%09d', id) AS %s".formatted(letter, key), "nhs_number", date);
  }

  private Dataset<Row> attendances() {
    return people
        .selectExpr("id", "nhs_number", "posexplode(attended) AS (number, attended)")
        .selectExpr(
            "format_string('A%09d%03d', id, number) AS attendance", "nhs_number", "attended");
  }
}
