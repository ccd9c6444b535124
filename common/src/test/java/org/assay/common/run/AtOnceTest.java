package org.assay.common.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AtOnceTest {
  @Test
  @Timeout(20)
  void allAreUnderWayTogetherAndToldInTheirOrder() {
    CyclicBarrier together = new CyclicBarrier(3); // nobody passes before all have come
    List<Callable<String>> things = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      things.add(
          () -> {
            together.await();
            return name;
          });
    }
    List<String> done = new ArrayList<>();

    AtOnce.all(3, things, done::add);

    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  @Timeout(20)
  void whatCameOfTwoThingsIsUsedTogether() {
    CyclicBarrier together = new CyclicBarrier(2);

    String both =
        AtOnce.both(
            () -> {
              together.await();
              return 7;
            },
            () -> {
              together.await();
              return "days";
            },
            "%d %s"::formatted);

    assertThat(both).isEqualTo("7 days");
  }

  @Test
  void oneThatFailsKeepsNoneFromBeingDoneAndTold() {
    List<String> done = new ArrayList<>();
    List<Callable<String>> things =
        List.of(
            () -> "a",
            () -> {
              throw new IllegalArgumentException("b is wrong");
            },
            () -> "c",
            () -> {
              throw new IOException("d cannot be read");
            });

    Throwable failure = catchThrowable(() -> AtOnce.all(2, things, done::add));

    assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("b is wrong");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(other -> assertThat(other).hasRootCauseMessage("d cannot be read"));
    assertThat(done).containsExactly("a", "c");
  }

  @Test
  @Timeout(20)
  void whoIsInterruptedGoesOnlyWhenNothingIsUnderWay() {
    CountDownLatch ended = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    List<Callable<String>> things =
        List.of(
            () -> {
              caller.interrupt();
              TimeUnit.MILLISECONDS.sleep(200);
              ended.countDown();
              return "a";
            });

    assertThatThrownBy(() -> AtOnce.all(1, things, done -> {}))
        .hasMessage("Interrupted while several things were done");

    assertThat(ended.getCount()).isZero();
    assertThat(Thread.interrupted()).isTrue();
  }
}
