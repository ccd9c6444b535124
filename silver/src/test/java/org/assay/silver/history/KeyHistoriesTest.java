package org.assay.silver.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.apache.hadoop.fs.FileUtil;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;

/**
 * Histories of many members, in deliveries of any kind that arrive in any order and cut: the table
 * is what an oracle says that looks at one member and one day after the other.
 */
class KeyHistoriesTest {
  private static final int MEMBERS = 340;
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final List<String> A = List.of("x", "y", "");
  private static final List<String> B = List.of("1", "2", "");

  /** What a delivery says of a member: below 9 values, 9 held, and otherwise nothing. */
  private static final int HELD = 9;

  /**
   * A delivery.
   *
   * @param day days after the first
   * @param said by member
   */
  record Sent(String id, int day, Load load, boolean exhaustive, boolean lost, List<Integer> said) {
    boolean closes() {
      return load == Load.FULL && exhaustive && !lost;
    }

    String row(int member) {
      int code = said.get(member);
      return "%s|%s|%s".formatted(name(member), A.get(code / 3), B.get(code % 3));
    }
  }

  private static String name(int member) {
    return "m%03d".formatted(member);
  }

  private static final String TYPE_1 = "type = 1, key = [id], attributes = [a, b]";
  private static final String TYPE_2 = "type = 2, key = [id], tracked = [a], attributes = [b]";

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void versionsAreWhatAnOracleSays(
      @ForAll("deliveries") List<Sent> sent, @ForAll("orders") List<Integer> order)
      throws IOException {
    check(sent, order, TYPE_2, false, lake -> TestTables.quick(SharedSpark.open(), lake));
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void versionsOfAffectedMembersAreWhatAnOracleSays(
      @ForAll("deliveries") List<Sent> sent, @ForAll("orders") List<Integer> order)
      throws IOException {
    check(sent, order, TYPE_2, true, lake -> TestTables.quick(SharedSpark.open(), lake));
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void versionsInDeltaTablesAreWhatAnOracleSays(
      @ForAll("deliveries") List<Sent> sent, @ForAll("orders") List<Integer> order)
      throws IOException {
    check(sent, order, TYPE_2, false, lake -> TestTables.delta(SharedSpark.open(), lake));
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void membersAreWhatAnOracleSays(
      @ForAll("deliveries") List<Sent> sent, @ForAll("orders") List<Integer> order)
      throws IOException {
    check(
        sent,
        order,
        TYPE_1,
        order.get(1) % 2 == 0,
        lake -> TestTables.quick(SharedSpark.open(), lake));
  }

  private static void check(
      List<Sent> sent,
      List<Integer> order,
      String declared,
      boolean isLookingFirst,
      Function<Path, TestTables> tables)
      throws IOException {
    Path folder = Files.createTempDirectory("histories");
    try {
      DimensionLake lake =
          new DimensionLake(
              SharedSpark.open(),
              folder,
              "id",
              declared + ", deletes = close, max_closed = 1",
              tables.apply(folder.resolve("lake")).tables());
      check(isLookingFirst ? lake.lookingFirst() : lake, sent, order, declared.equals(TYPE_2));
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static void check(
      DimensionLake lake, List<Sent> sent, List<Integer> order, boolean versions) {
    List<Sent> arrived = new ArrayList<>();
    List<Sent> coming = arrivals(sent, order);
    for (Sent next : coming) {
      arrived.add(next);
      lake.deliver(
          next.id(),
          FIRST.plusDays(next.day()),
          next.load(),
          next.exhaustive(),
          members().filter(m -> next.said().get(m) < HELD).mapToObj(next::row).toList(),
          heldIds(next));
      boolean isCut = order.get(arrived.size() - 1) % 3 == 0 || arrived.size() == sent.size();
      if (isCut) {
        lake.refine(false);
        assertThat(lake.versions()).isEqualTo(oracle(arrived, versions));
      }
    }
    long version = lake.version();
    lake.run(false);
    assertThat(lake.version()).isEqualTo(version);
    lake.run(true);
    assertThat(lake.versions()).isEqualTo(oracle(sent, versions));
  }

  private static IntStream members() {
    return IntStream.range(0, MEMBERS);
  }

  private static List<String> heldIds(Sent sent) {
    List<String> ids = new ArrayList<>();
    members().filter(m -> sent.said().get(m) == HELD).forEach(m -> ids.add(name(m)));
    if (sent.lost()) {
      ids.add(null);
    }
    return ids;
  }

  /** By the order of dates where the first number is even, in that of the numbers otherwise. */
  private static List<Sent> arrivals(List<Sent> sent, List<Integer> order) {
    Comparator<Integer> by =
        order.get(0) % 2 == 0
            ? Comparator.comparing(i -> sent.get(i).day())
            : Comparator.comparing(order::get);
    return IntStream.range(0, sent.size()).boxed().sorted(by).map(sent::get).toList();
  }

  /** One member, one day after the other. */
  private static List<String> oracle(List<Sent> deliveries, boolean versions) {
    List<String> rows = new ArrayList<>();
    TreeSet<Integer> days = new TreeSet<>(deliveries.stream().map(Sent::day).toList());
    for (int member = 0; member < MEMBERS; member++) {
      Member of = new Member(member, versions);
      for (int day : days) {
        of.live(day, deliveries.stream().filter(d -> d.day() == day).toList());
      }
      rows.addAll(of.rows());
    }
    return rows;
  }

  /** What became of one member. */
  private static final class Member {
    private final int member;
    private final boolean versions;
    private final List<String> rows = new ArrayList<>();
    private String a;
    private String b;
    private Integer from;
    private Integer held;

    Member(int member, boolean versions) {
      this.member = member;
      this.versions = versions;
    }

    void live(int day, List<Sent> ofDay) {
      List<Sent> inOrder =
          ofDay.stream()
              .sorted(
                  Comparator.comparing((Sent d) -> d.load() == Load.FULL).thenComparing(Sent::id))
              .toList();
      boolean isAbsent = false;
      Integer value = null;
      boolean isHeld = false;
      for (Sent sent : inOrder) {
        int said = sent.said().get(member);
        if (said < HELD) {
          value = said;
          isHeld = false;
        } else if (said == HELD) {
          isHeld = true;
        } else if (sent.closes()) {
          isAbsent = true;
        }
      }
      if (isAbsent) {
        close(day);
        return;
      }
      if (value != null) {
        become(day, A.get(value / 3), B.get(value % 3));
      }
      if (isHeld && from != null && held == null) {
        held = day;
      }
    }

    private void become(int day, String nowA, String nowB) {
      if (from != null && versions && !Objects.equals(a, nowA)) {
        close(day);
      }
      if (from == null) {
        from = day;
      }
      a = nowA;
      b = nowB;
      held = null;
    }

    private void close(int day) {
      if (from != null) {
        rows.add(row(FIRST.plusDays(day).toString()));
        from = null;
        held = null;
      }
    }

    private String row(String to) {
      return String.join(
          "|",
          name(member),
          a.isEmpty() ? "." : a,
          b.isEmpty() ? "." : b,
          FIRST.plusDays(from).toString(),
          to,
          held == null ? "." : FIRST.plusDays(held).toString());
    }

    List<String> rows() {
      List<String> all = new ArrayList<>(rows);
      if (from != null) {
        all.add(row("."));
      }
      return versions || all.isEmpty() ? all : all.subList(all.size() - 1, all.size());
    }
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.integers().between(0, 1000).list().ofSize(7);
  }

  @Provide
  Arbitrary<List<Sent>> deliveries() {
    Arbitrary<Integer> said =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(0, 0, 0, 1, 3)),
            Tuple.of(3, Arbitraries.integers().between(0, 8)),
            Tuple.of(1, Arbitraries.just(HELD)),
            Tuple.of(3, Arbitraries.just(HELD + 1)));
    Arbitrary<Sent> sent =
        Combinators.combine(
                Arbitraries.integers().between(0, 8),
                Arbitraries.of(Load.FULL, Load.FULL, Load.DELTA),
                Arbitraries.frequencyOf(
                    Tuple.of(4, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false))),
                Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.just(true)), Tuple.of(6, Arbitraries.just(false))),
                said.list().ofSize(MEMBERS))
            .as((day, load, whole, lost, of) -> new Sent("", day, load, whole, lost, of));
    return sent.list().ofSize(7).map(KeyHistoriesTest::oneFullADay);
  }

  /** Two FULL deliveries of a day would refuse each other: the second is a DELTA. */
  private static List<Sent> oneFullADay(List<Sent> sent) {
    TreeSet<Integer> full = new TreeSet<>();
    List<Sent> named = new ArrayList<>();
    for (Sent s : sent) {
      Load load = s.load() == Load.FULL && full.add(s.day()) ? Load.FULL : Load.DELTA;
      String id = "d" + named.size();
      named.add(new Sent(id, s.day(), load, s.exhaustive(), s.lost(), s.said()));
    }
    return named;
  }
}
