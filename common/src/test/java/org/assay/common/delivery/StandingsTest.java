package org.assay.common.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);

  private static Delivery full(String file, long revision) {
    return TestDelivery.of(file, MARCH, Load.FULL, revision, "");
  }

  private static Map<String, State> states(Resupply resupply, Delivery... deliveries) {
    Map<String, State> states = new TreeMap<>();
    Standings.of(List.of(deliveries), resupply)
        .forEach(delivery -> states.put(delivery.file().name(), delivery.state()));
    return states;
  }

  @Test
  void aHigherRevisionSupersedesWhateverItsName() {
    assertThat(states(Resupply.NONE, full("a", 2), full("b", 0), full("c", 1)))
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of("a", State.COMPLETE, "b", State.SUPERSEDED, "c", State.SUPERSEDED)));
  }

  @Test
  void twoFullDeliveriesOfOneDateAreNeitherUsed() {
    List<Delivery> both = Standings.of(List.of(full("a", 0), full("b", 0)), Resupply.NONE);

    assertThat(both).extracting(Delivery::state).containsOnly(State.REFUSED);
    assertThat(both.get(0).reason())
        .isEqualTo(
            "AMBIGUOUS_RESUPPLY: a and b are each the full x of 2026-03-31, with different content,"
                + " and nothing says which is right. Send a manifest with a revision, or set"
                + " extracts.x.resupply_order = modified_time.");
  }

  @Test
  void theLastModifiedCountsIfThatIsTheRule() {
    assertThat(states(Resupply.MODIFIED_TIME, full("a", 0), full("b", 0)))
        .containsEntry("a", State.SUPERSEDED)
        .containsEntry("b", State.COMPLETE);
  }

  @Test
  void aRevisionEndsTheAmbiguity() {
    List<Delivery> both = Standings.of(List.of(full("a", 0), full("b", 0)), Resupply.NONE);
    List<Delivery> all = new ArrayList<>(both);
    all.add(full("c", 1));

    assertThat(Standings.of(all, Resupply.NONE))
        .extracting(Delivery::state)
        .containsExactly(State.SUPERSEDED, State.SUPERSEDED, State.COMPLETE);
  }

  @Test
  void additionsOfOneDateAddUpUnlessOneSupersedes() {
    Delivery a = TestDelivery.of("a", MARCH, Load.DELTA, 0, "");
    Delivery b = TestDelivery.of("b", MARCH, Load.DELTA, 0, "");
    Delivery c = TestDelivery.of("c", MARCH, Load.DELTA, 0, "", "a");

    assertThat(states(Resupply.NONE, a, b)).containsValue(State.COMPLETE).hasSize(2);
    assertThat(states(Resupply.NONE, a, b, c))
        .containsEntry("a", State.SUPERSEDED)
        .containsEntry("b", State.COMPLETE)
        .containsEntry("c", State.COMPLETE);
  }

  @Test
  void ofFilesThatNameEachOtherNoneVanishes() {
    Delivery a = TestDelivery.of("a", MARCH, Load.FULL, 0, "", "b");
    Delivery b = TestDelivery.of("b", MARCH, Load.FULL, 0, "", "c");
    Delivery c = TestDelivery.of("c", MARCH, Load.FULL, 0, "", "a");

    assertThat(states(Resupply.NONE, a, b, c)).containsValue(State.REFUSED).hasSize(3);
    assertThat(states(Resupply.NONE, a, b, full("c", 0)))
        .containsEntry("a", State.COMPLETE)
        .containsEntry("b", State.SUPERSEDED)
        .containsEntry("c", State.SUPERSEDED);
  }

  @Test
  void aFileThatIsReplacedInPlaceSupersedesOnlyWhatWasThereBefore() {
    List<Delivery> versions = new ArrayList<>();
    for (int time = 1; time <= 3; time++) {
      versions.add(TestDelivery.at(time, "a", "content " + time, MARCH, "a"));
    }

    assertThat(Standings.of(versions, Resupply.NONE))
        .filteredOn(delivery -> delivery.state() == State.COMPLETE)
        .extracting(Delivery::content)
        .containsExactly("content 3");
  }

  @Test
  void whichOfTwoPartsIsNamedDoesNotFollowTheirArrival() {
    Delivery one = full("a", 0);
    Delivery first = TestDelivery.of("d", MARCH, Load.FULL, 0, "1");
    Delivery second = TestDelivery.of("c", MARCH, Load.FULL, 0, "2");

    assertThat(Standings.of(List.of(one, second, first), Resupply.MODIFIED_TIME))
        .isEqualTo(Standings.of(List.of(first, one, second), Resupply.MODIFIED_TIME))
        .extracting(Delivery::reason)
        .contains("Replaced by d.");
  }

  @Test
  void partsBelongTogether() {
    assertThat(
            states(
                Resupply.NONE,
                TestDelivery.of("a1", MARCH, Load.FULL, 0, "1"),
                TestDelivery.of("a2", MARCH, Load.FULL, 0, "2")))
        .containsOnly(Map.entry("a1", State.COMPLETE), Map.entry("a2", State.COMPLETE));
  }

  @Test
  void aPartThatCameTwiceMakesAllOfThemAmbiguous() {
    assertThat(
            states(
                Resupply.NONE,
                TestDelivery.of("a1", MARCH, Load.FULL, 0, "1"),
                TestDelivery.of("b1", MARCH, Load.FULL, 0, "1"),
                TestDelivery.of("a2", MARCH, Load.FULL, 0, "2")))
        .containsValue(State.REFUSED)
        .doesNotContainValue(State.COMPLETE);
  }

  @Test
  void whatSilverRefusedStaysRefusedUntilItIsSuperseded() {
    Delivery refused = full("a", 0).in(State.REFUSED, "too few rows");

    assertThat(Standings.of(List.of(refused), Resupply.NONE).get(0).reason())
        .isEqualTo("too few rows");
    assertThat(Standings.of(List.of(refused, full("b", 1)), Resupply.NONE))
        .extracting(Delivery::state)
        .containsExactly(State.SUPERSEDED, State.COMPLETE);
  }

  @Test
  void theCurrentStateIsTheLatestFullAndLaterAdditions() {
    Delivery april = TestDelivery.of("april", MARCH.plusDays(30), Load.FULL, 0, "");
    Delivery may = TestDelivery.of("may", MARCH.plusDays(60), Load.DELTA, 0, "");
    Delivery early = TestDelivery.of("early", MARCH.plusDays(10), Load.DELTA, 0, "");

    CurrentDeliveries current = CurrentDeliveries.of(List.of(may, april, early, full("march", 0)));

    assertThat(current.full()).containsExactly(april.id());
    assertThat(current.deltas()).containsExactly(may.id());
    assertThat(CurrentDeliveries.parse(current.text())).isEqualTo(current);
    assertThat(CurrentDeliveries.parse(CurrentDeliveries.of(List.of()).text()))
        .isEqualTo(CurrentDeliveries.of(List.of()));
  }

  @Provide
  Arbitrary<List<Delivery>> deliveries() {
    Arbitrary<Delivery> one =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d", "e"),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(Load.class),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of("", "", "1", "2"),
                Arbitraries.of("a", "b", "nobody"))
            .as(
                (file, days, load, revision, part, supersedes) ->
                    TestDelivery.of(file, MARCH.plusDays(days), load, revision, part, supersedes));
    return one.list().ofMaxSize(8).map(StandingsTest::distinct);
  }

  private static List<Delivery> distinct(List<Delivery> deliveries) {
    Map<String, Delivery> byId = new TreeMap<>();
    deliveries.forEach(delivery -> byId.putIfAbsent(delivery.id(), delivery));
    return List.copyOf(byId.values());
  }

  /** Told one by one in any order, or all at once: the same in the end. */
  @Property
  void noOrderOfArrivalMatters(
      @ForAll("deliveries") List<Delivery> deliveries,
      @ForAll Resupply resupply,
      @ForAll Random random) {
    List<Delivery> shuffled = new ArrayList<>(deliveries);
    Collections.shuffle(shuffled, random);
    List<Delivery> standing = List.of();
    for (Delivery delivery : shuffled) {
      List<Delivery> all = new ArrayList<>(standing);
      all.add(delivery);
      standing = Standings.of(all, resupply);
    }

    assertThat(standing).isEqualTo(Standings.of(deliveries, resupply));
  }

  /** Whatever arrives, no part of a FULL delivery is current twice. */
  @Property
  void atMostOneFullDeliveryOfADateCounts(
      @ForAll("deliveries") List<Delivery> deliveries, @ForAll Resupply resupply) {
    Map<String, Integer> counted = new TreeMap<>();
    Standings.of(deliveries, resupply).stream()
        .filter(d -> d.load() == Load.FULL && d.state() == State.COMPLETE)
        .forEach(d -> counted.merge(d.extractDate() + "/" + d.part(), 1, Integer::sum));

    assertThat(counted.values()).allMatch(n -> n == 1);
  }
}
