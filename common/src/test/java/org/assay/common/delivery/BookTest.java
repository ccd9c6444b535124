package org.assay.common.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was refused stops its extract until something has come in its place. */
class BookTest {
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 30);

  private static Delivery complete(LocalDate date, Load load, long revision, String part) {
    return TestDelivery.of("other", date, load, revision, part);
  }

  private static boolean isStopped(Load load, String part, Delivery other) {
    Delivery refused =
        TestDelivery.of("refused", MARCH, load, 0, part).in(State.REFUSED, "Too few rows.");
    Pending inLanding =
        new Pending(
            "x",
            new SourceFile("/landing/refused", 1, Instant.EPOCH),
            State.REFUSED,
            "It cannot be read.",
            Optional.of(MARCH),
            load,
            0,
            part,
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH);
    boolean isStopped = new Book(List.of(refused, other), List.of()).isRefusedAtTheEnd();
    assertThat(new Book(List.of(other), List.of(inLanding)).isRefusedAtTheEnd())
        .as("the same in landing")
        .isEqualTo(isStopped);
    return isStopped;
  }

  @Test
  void aPartOfADeltaIsReplacedByItselfOrAFullDelivery() {
    assertThat(isStopped(Load.DELTA, "north", complete(MARCH, Load.DELTA, 1, "south"))).isTrue();
    assertThat(isStopped(Load.DELTA, "north", complete(APRIL, Load.DELTA, 1, "north"))).isTrue();
    assertThat(isStopped(Load.DELTA, "north", complete(MARCH, Load.DELTA, 1, "north"))).isFalse();
    assertThat(isStopped(Load.DELTA, "north", complete(MARCH, Load.FULL, 0, ""))).isFalse();
    assertThat(isStopped(Load.DELTA, "north", complete(APRIL, Load.FULL, 0, ""))).isFalse();
  }

  @Test
  void aFullDeliveryIsReplacedByAFullOne() {
    assertThat(isStopped(Load.FULL, "", complete(MARCH, Load.DELTA, 1, ""))).isTrue();
    assertThat(isStopped(Load.FULL, "", complete(APRIL, Load.DELTA, 0, ""))).isTrue();
    assertThat(isStopped(Load.FULL, "", complete(MARCH, Load.FULL, 1, ""))).isFalse();
    assertThat(isStopped(Load.FULL, "", complete(APRIL, Load.FULL, 0, ""))).isFalse();
  }
}
