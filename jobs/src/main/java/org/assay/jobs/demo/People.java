package org.assay.jobs.demo;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Invented people: every property follows from a person's number and the seed, so that each is the
 * same however the work is divided, and nobody need be remembered.
 */
final class People implements Serializable {
  private static final long serialVersionUID = 1L;

  static final LocalDate START = LocalDate.of(2025, Month.APRIL, 1);
  static final LocalDate END = LocalDate.of(2026, Month.APRIL, 1);

  /** The last days of months, on which registers are drawn up. */
  static final LocalDate JANUARY = LocalDate.of(2026, Month.JANUARY, 31);

  static final LocalDate FEBRUARY = LocalDate.of(2026, Month.FEBRUARY, 28);
  static final LocalDate MARCH = LocalDate.of(2026, Month.MARCH, 31);

  /** Practices of each board. */
  static final int PRACTICES = 6;

  /** More would run into the numbers that begin with 999, which are for tests. */
  static final long MOST = 9_000_000;

  /** One row per person; the dates of events are null where there was none. */
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "id BIGINT, nhs_number STRING, date_of_birth STRING, sex STRING, ethnic_category STRING,"
              + " lsoa STRING, home STRING, away STRING, moves BOOLEAN, comes_back BOOLEAN,"
              + " joined DATE, until DATE, died DATE, admitted DATE, discharged DATE, readmitted DATE,"
              + " breached DATE, tested DATE, attended ARRAY<DATE>");

  private static final int[] AGES = {0, 10, 20, 30, 45, 60, 70, 80, 95};
  private static final String[] BANDS = {
    "0-9", "10-19", "20-29", "30-44", "45-59", "60-69", "70-79", "80+"
  };
  private static final double[] AGE_SHARES = {0.12, 0.12, 0.13, 0.2, 0.19, 0.11, 0.08, 0.05};
  private static final String[] MINORITIES = {"Asian", "Black", "Mixed", "Other"};
  private static final double[] MINORITY_SHARES = {0.45, 0.25, 0.17, 0.13};
  private static final Map<String, String> CATEGORIES =
      Map.of(
          "White", "AAAAAAAABC",
          "Mixed", "DEFG",
          "Asian", "HJKLR",
          "Black", "MNP",
          "Other", "S",
          "Not stated", "Z");
  private static final double NOT_STATED = 0.04;
  private static final double DAYS_IN_A_YEAR = 365.25;

  private final long seed;
  private final int boards;
  private final List<Boards.Area> areas;

  People(long seed, List<Boards.Board> boards) {
    this.seed = seed;
    this.boards = boards.size();
    this.areas = new ArrayList<>(Boards.areas(boards));
  }

  /** All people. */
  Dataset<Row> all(SparkSession spark, long count) {
    return spark.range(count).map((MapFunction<Long, Row>) this::person, Encoders.row(SCHEMA));
  }

  /** A person's own numbers between 0 and 1, each under a name. */
  private final class Chance {
    private final long of;

    Chance(long of) {
      this.of = of;
    }

    double of(String name) {
      return of(name, 0);
    }

    /** SplitMix64 (Steele, Lea and Flood 2014) of person, seed, name and turn. */
    double of(String name, int turn) {
      long z = mix(mix(mix(seed) + of) + name.hashCode()) + turn;
      return ((mix(z) >>> 11) + 0.5) * 0x1.0p-53;
    }

    int below(String name, int most) {
      return (int) (of(name) * most);
    }

    int among(String name, double[] shares) {
      double left = of(name);
      for (int i = 0; i < shares.length - 1; i++) {
        left -= shares[i];
        if (left < 0) {
          return i;
        }
      }
      return shares.length - 1;
    }
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private Row person(long id) {
    Chance chance = new Chance(id);
    Boards.Area area = areas.get(chance.below("area", areas.size()));
    Chance ofBoard = new Chance(-1 - area.board());
    String group = ethnicGroup(chance, 0.70 + 0.22 * ofBoard.of("white"));
    String category = CATEGORIES.get(group);
    int band = chance.among("age band", AGE_SHARES);
    int age = AGES[band] + chance.below("age", AGES[band + 1] - AGES[band]);
    LocalDate born =
        LocalDate.of(2026, Month.MARCH, 31)
            .minusYears(age)
            .minusDays(chance.below("birthday", 360));
    String sex = chance.of("sex") < 0.5 ? "F" : "M";
    Map<String, String> levels =
        Map.of(
            "ethnic_group",
            group,
            "imd_quintile",
            Integer.toString((area.decile() + 1) / 2),
            "sex",
            sex,
            "age_band",
            BANDS[band]);
    LocalDate died =
        happens(Truth.DEATH, levels, chance, ofBoard) ? day(chance, "died", START, END) : null;
    LocalDate joined = died == null && chance.of("joins") < 0.01 ? JANUARY : START;
    LocalDate until = died == null ? END : died;
    LocalDate admitted =
        happens(Truth.ADMISSION, levels, chance, ofBoard)
            ? day(chance, "admitted", joined, until)
            : null;
    int home = area.board() * PRACTICES + chance.below("practice", PRACTICES);
    int away = (home + (chance.of("far") < 0.5 ? 1 : PRACTICES)) % (boards * PRACTICES);
    return RowFactory.create(
        id,
        nhsNumber(90_000_000 + id),
        "%02d/%02d/%04d".formatted(born.getDayOfMonth(), born.getMonthValue(), born.getYear()),
        sex,
        String.valueOf(category.charAt(chance.below("category", category.length()))),
        area.lsoa(),
        practice(home),
        practice(away),
        chance.of("moves") < 0.03,
        chance.of("comes back") < 0.5,
        joined,
        until,
        died,
        admitted,
        admitted == null ? null : admitted.plusDays(chance.below("stay", 10)),
        event(Truth.READMISSION, levels, chance, ofBoard, joined, until),
        event(Truth.WAIT, levels, chance, ofBoard, joined, until),
        event(Truth.TEST, levels, chance, ofBoard, joined, until),
        attended(levels, chance, ofBoard, joined, until));
  }

  private static String ethnicGroup(Chance chance, double white) {
    if (chance.of("stated") < NOT_STATED) {
      return "Not stated";
    }
    return chance.of("white") < white
        ? "White"
        : MINORITIES[chance.among("minority", MINORITY_SHARES)];
  }

  private static double predictor(Truth truth, Map<String, String> levels, Chance ofBoard) {
    return truth.predictor(levels) + Truth.BOARDS * (ofBoard.of(truth.cohort()) - 0.5);
  }

  private static boolean happens(
      Truth truth, Map<String, String> levels, Chance chance, Chance ofBoard) {
    double risk = 1 / (1 + Math.exp(-predictor(truth, levels, ofBoard)));
    return chance.of(truth.cohort()) < risk;
  }

  private static LocalDate event(
      Truth truth,
      Map<String, String> levels,
      Chance chance,
      Chance ofBoard,
      LocalDate joined,
      LocalDate until) {
    return happens(truth, levels, chance, ofBoard)
        ? day(chance, truth.cohort() + " day", joined, until)
        : null;
  }

  /** A day from the first on, and before the second unless they are the same. */
  private static LocalDate day(Chance chance, String name, LocalDate from, LocalDate to) {
    return from.plusDays((long) (chance.of(name) * (to.toEpochDay() - from.toEpochDay())));
  }

  /** A Poisson process while a person is there: gaps between events are exponential. */
  private static LocalDate[] attended(
      Map<String, String> levels,
      Chance chance,
      Chance ofBoard,
      LocalDate joined,
      LocalDate until) {
    double rate = Math.exp(predictor(Truth.ATTENDANCE, levels, ofBoard)) / DAYS_IN_A_YEAR;
    List<LocalDate> days = new ArrayList<>();
    double most = until.toEpochDay() - joined.toEpochDay();
    double day = 0;
    for (int k = 0; ; k++) {
      day -= Math.log(chance.of("gap", k)) / rate;
      if (day >= most) {
        return days.toArray(LocalDate[]::new);
      }
      days.add(joined.plusDays((long) day));
    }
  }

  static String practice(int number) {
    return "P%05d".formatted(number);
  }

  /**
   * Eight digits, a ninth, and the check digit of Modulus 11. Where 0 as the ninth would make it
   * 10, which no number has, 1 makes it 8.
   */
  static String nhsNumber(long eight) {
    String digits = Long.toString(eight);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (10 - i) * Character.digit(digits.charAt(i), 10);
    }
    int check = Math.floorMod(11 - sum % 11, 11);
    return digits + (check == 10 ? "18" : "0" + check);
  }
}
