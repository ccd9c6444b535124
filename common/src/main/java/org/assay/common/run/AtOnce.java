package org.assay.common.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Several things done at once, on threads of their own. Nothing is under way any more when they
 * end, however they end.
 */
public final class AtOnce {
  private AtOnce() {}

  /**
   * Does all of them.
   *
   * @param threads how many are under way at a time
   * @param done is told of each that succeeded, in the order of the list and by the caller's thread
   * @throws RuntimeException the first failure, with all others suppressed, once nothing is under
   *     way
   */
  public static <T> void all(int threads, List<Callable<T>> things, Consumer<T> done) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<RuntimeException> failures = new ArrayList<>();
    try {
      for (Future<T> thing : things.stream().map(pool::submit).toList()) {
        try {
          done.accept(result(thing));
        } catch (RuntimeException e) {
          failures.add(e);
        }
      }
    } finally {
      end(pool);
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.subList(1, failures.size()).forEach(first::addSuppressed);
      throw first;
    }
  }

  /**
   * Does two things and then something with what came of both.
   *
   * @throws RuntimeException as above
   */
  public static <A, B, C> C both(Callable<A> one, Callable<B> other, BiFunction<A, B, C> then) {
    AtomicReference<A> first = new AtomicReference<>();
    AtomicReference<B> second = new AtomicReference<>();
    List<Callable<Boolean>> things =
        List.of(
            () -> first.compareAndSet(null, one.call()),
            () -> second.compareAndSet(null, other.call()));
    all(things.size(), things, done -> {});
    return then.apply(first.get(), second.get());
  }

  private static <T> T result(Future<T> thing) {
    try {
      return thing.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("One of several things failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while several things were done", e);
    }
  }

  /** Waits until nothing is under way, whoever interrupts. */
  private static void end(ExecutorService pool) {
    pool.shutdown();
    boolean isInterrupted = Thread.interrupted();
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
