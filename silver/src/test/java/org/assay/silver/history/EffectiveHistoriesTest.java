package org.assay.silver.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.hadoop.fs.FileUtil;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;

/**
 * Members whose rows say themselves from when they hold. However much was said before, and in
 * whatever order it came, after a FULL delivery the dimension says of its members what it says.
 */
class EffectiveHistoriesTest {
  private static final int MEMBERS = 150;
  private static final int DAYS = 9;
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final String DIMENSION =
      "type = 2, key = [id], tracked = [a], attributes = [b], effective = since, deletes = close,"
          + " max_closed = 1";

  /**
   * A delivery.
   *
   * @param rows by member the value by the day since when it holds; no member that is absent
   * @param held members of whom a row is held
   */
  private record Sent(
      String id,
      int day,
      Load load,
      Map<Integer, SortedMap<Integer, String>> rows,
      List<Integer> held) {
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      rows.forEach(
          (member, values) ->
              values.forEach(
                  (since, a) ->
                      lines.add(
                          "%s|%s|%d|%s".formatted(name(member), a, day, FIRST.plusDays(since)))));
      return lines;
    }
  }

  private static String name(int member) {
    return "m%03d".formatted(member);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void aHistoryIsWhatTheLastFullDeliveryLists(@ForAll long seed) throws IOException {
    List<Sent> sent = deliveries(new Random(seed), true);
    Sent last = sent.get(sent.size() - 1);
    Map<String, List<String>> versions = versions(sent, "id, since", seed);

    last.rows()
        .forEach(
            (member, values) -> {
              List<String> expected = new ArrayList<>();
              String before = null;
              for (Map.Entry<Integer, String> row : values.entrySet()) {
                if (!row.getValue().equals(before)) {
                  expected.add(row.getValue() + " " + FIRST.plusDays(row.getKey()));
                }
                before = row.getValue();
              }
              if (!last.held().contains(member)) {
                assertThat(begun(versions.get(name(member)))).isEqualTo(expected);
                assertThat(versions.get(name(member)).get(expected.size() - 1)).endsWith("|.");
              }
            });
    assertThatOthersAreClosed(last, versions);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void aMemberIsWhatTheLastFullDeliverySays(@ForAll long seed) throws IOException {
    List<Sent> sent = deliveries(new Random(seed), false);
    Sent last = sent.get(sent.size() - 1);
    Map<String, List<String>> versions = versions(sent, "id", seed);

    last.rows()
        .forEach(
            (member, values) -> {
              List<String> ofMember = versions.get(name(member));
              String[] current = ofMember.get(ofMember.size() - 1).split("\\|");
              if (!last.held().contains(member)) {
                assertThat(current[3]).isEqualTo(".");
                assertThat(current[0]).isEqualTo(values.get(values.firstKey()));
                assertThat(LocalDate.parse(current[2]))
                    .isBeforeOrEqualTo(FIRST.plusDays(values.firstKey()));
              }
            });
    assertThatOthersAreClosed(last, versions);
  }

  private static void assertThatOthersAreClosed(Sent last, Map<String, List<String>> versions) {
    IntStream.range(0, MEMBERS)
        .filter(m -> !last.rows().containsKey(m) && !last.held().contains(m))
        .mapToObj(m -> versions.getOrDefault(name(m), List.of()))
        .forEach(ofMember -> assertThat(ofMember).noneMatch(version -> version.endsWith("|.")));
  }

  private static List<String> begun(List<String> versions) {
    return versions.stream()
        .map(version -> version.split("\\|"))
        .map(version -> version[0] + " " + version[2])
        .toList();
  }

  /** "a|b|from|to" by member; the same in the order of dates and in any other, and made anew. */
  private static Map<String, List<String>> versions(List<Sent> sent, String key, long seed)
      throws IOException {
    List<Sent> shuffled = new ArrayList<>(sent);
    Collections.shuffle(shuffled, new Random(seed));
    List<String> inOrder = refined(sent, key, sent.size());
    assertThat(refined(shuffled, key, 2)).isEqualTo(inOrder);
    return inOrder.stream()
        .map(version -> version.substring(0, version.lastIndexOf('|'))) // without held_since
        .collect(
            Collectors.groupingBy(
                version -> version.substring(0, 4),
                TreeMap::new,
                Collectors.mapping(version -> version.substring(5), Collectors.toList())));
  }

  /** Delivers, refines after so many deliveries and at the end. */
  private static List<String> refined(List<Sent> sent, String key, int cut) throws IOException {
    Path folder = Files.createTempDirectory("effective");
    try {
      DimensionLake lake = new DimensionLake(SharedSpark.open(), folder, key, DIMENSION);
      for (int i = 0; i < sent.size(); i++) {
        Sent next = sent.get(i);
        lake.deliver(
            next.id(),
            FIRST.plusDays(next.day()),
            next.load(),
            next.load() == Load.FULL,
            next.lines(),
            next.held().stream().map(EffectiveHistoriesTest::name).toList());
        if (i + 1 == cut) {
          lake.refine(false);
        }
      }
      lake.refine(false);
      return lake.versions();
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  /** Six deliveries of six days, the last of them FULL. */
  private static List<Sent> deliveries(Random random, boolean listsHistory) {
    List<Integer> days =
        random.ints(0, DAYS).distinct().limit(5).sorted().boxed().collect(Collectors.toList());
    days.add(DAYS);
    List<Sent> sent = new ArrayList<>();
    for (int day : days) {
      Load load = day == DAYS || random.nextInt(3) > 0 ? Load.FULL : Load.DELTA;
      Map<Integer, SortedMap<Integer, String>> rows = new TreeMap<>();
      List<Integer> held = new ArrayList<>();
      for (int member = 0; member < MEMBERS; member++) {
        int what = random.nextInt(10);
        if (what < 7) {
          rows.put(member, rows(random, listsHistory ? 1 + random.nextInt(3) : 1));
        } else if (what == 7) {
          held.add(member);
        }
      }
      sent.add(new Sent("d" + sent.size(), day, load, rows, held));
    }
    return sent;
  }

  /** Some of them begin after their delivery. */
  private static SortedMap<Integer, String> rows(Random random, int size) {
    SortedMap<Integer, String> rows = new TreeMap<>();
    while (rows.size() < size) {
      rows.put(random.nextInt(DAYS + 4), List.of("x", "y", "z").get(random.nextInt(3)));
    }
    return rows;
  }
}
