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
  private static final int MEMBERS = 400;

  private static final int DELIVERIES = 7;

  /** Of Delta tables, where each costs more and is told the same; bench/delta.sh takes them all. */
  private static final int FEWER_MEMBERS = 100;

  private static final int FEWER_DELIVERIES = 3;

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final List<String> A = List.of("x", "y", "");
  private static final List<String> B = List.of("1", "2", "");

  /** What a delivery says of a member: below 9 values, 9 held, and otherwise nothing. */
  private static final int HELD = 9;

  /** About as many as are absent from a delivery, so that about half of them are held. */
  private static final double HOLDS_HALF = 0.23;

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

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
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
      @ForAll("deliveriesOfFewer") List<Sent> sent, @ForAll("orders") List<Integer> order)
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
      Oracle oracle = new Oracle(declared.equals(TYPE_2), order.get(2) % 3 == 0 ? 1 : HOLDS_HALF);
      DimensionLake lake =
          new DimensionLake(
              SharedSpark.open(),
              folder,
              "id",
              declared + ", deletes = close, max_closed = " + oracle.maxClosed(),
              tables.apply(folder.resolve("lake")).tables());
      check(isLookingFirst ? lake.lookingFirst() : lake, sent, order, oracle);
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static void check(
      DimensionLake lake, List<Sent> sent, List<Integer> order, Oracle oracle) {
    List<Sent> arrived = new ArrayList<>();
    List<Sent> coming = arrivals(sent, order);
    for (Sent next : coming) {
      arrived.add(next);
      lake.deliver(
          next.id(),
          FIRST.plusDays(next.day()),
          next.load(),
          next.exhaustive(),
          members(next).filter(m -> next.said().get(m) < HELD).mapToObj(next::row).toList(),
          heldIds(next));
      boolean isCut = order.get(arrived.size() - 1) % 3 == 0 || arrived.size() == sent.size();
      if (isCut) {
        lake.refine(false);
        assertThat(lake.versions()).isEqualTo(oracle.versions(arrived));
      }
    }
    long version = lake.version();
    lake.run(false);
    assertThat(lake.version()).isEqualTo(version);
    lake.run(true);
    assertThat(lake.versions()).isEqualTo(oracle.versions(sent));
  }

  private static IntStream members(Sent sent) {
    return IntStream.range(0, sent.said().size());
  }

  private static List<String> heldIds(Sent sent) {
    List<String> ids = new ArrayList<>();
    members(sent).filter(m -> sent.said().get(m) == HELD).forEach(m -> ids.add(name(m)));
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

  /**
   * What becomes of all members, one day after the other.
   *
   * @param isOfVersions whether earlier versions are kept
   * @param maxClosed a delivery that closes a larger share of those who are there is held
   */
  private record Oracle(boolean isOfVersions, double maxClosed) {
    List<String> versions(List<Sent> deliveries) {
      List<Member> all =
          members(deliveries.get(0)).mapToObj(m -> new Member(m, isOfVersions)).toList();
      for (int day : new TreeSet<>(deliveries.stream().map(Sent::day).toList())) {
        List<Sent> ofDay = deliveries.stream().filter(d -> d.day() == day).toList();
        long there = all.stream().filter(Member::isThere).count();
        long closed = all.stream().filter(m -> m.isThere() && m.isAbsent(ofDay)).count();
        List<Sent> used =
            closed > maxClosed * there
                ? ofDay.stream().filter(sent -> !sent.closes()).toList()
                : ofDay;
        all.forEach(member -> member.live(day, used));
      }
      return all.stream().flatMap(member -> member.rows().stream()).toList();
    }
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
      Integer value = null;
      boolean isHeld = false;
      for (Sent sent : inOrder) {
        int said = sent.said().get(member);
        if (said < HELD) {
          value = said;
          isHeld = false;
        } else if (said == HELD) {
          isHeld = true;
        }
      }
      if (isAbsent(ofDay)) {
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

    boolean isThere() {
      return from != null;
    }

    boolean isAbsent(List<Sent> ofDay) {
      return ofDay.stream().anyMatch(sent -> sent.closes() && sent.said().get(member) > HELD);
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
    return Arbitraries.integers().between(0, 1000).list().ofSize(DELIVERIES);
  }

  @Provide
  Arbitrary<List<Sent>> deliveries() {
    return deliveries(MEMBERS, DELIVERIES);
  }

  @Provide
  Arbitrary<List<Sent>> deliveriesOfFewer() {
    return deliveries(FEWER_MEMBERS, FEWER_DELIVERIES);
  }

  private static Arbitrary<List<Sent>> deliveries(int members, int deliveries) {
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
                said.list().ofSize(members))
            .as((day, load, whole, lost, of) -> new Sent("", day, load, whole, lost, of));
    return sent.list().ofSize(deliveries).map(KeyHistoriesTest::oneFullADay);
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
