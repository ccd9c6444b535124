package org.assay.bronze.landing;

import java.time.Instant;
import java.util.Optional;
import org.assay.bronze.extract.FileFault;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.State;

/** Why files stay in landing. */
public final class Waits {
  private Waits() {}

  /** A part of a delivery whose other part is not ready. */
  static Pending forPart(Arrival arrival, String other, Instant now) {
    return new Pending(
        arrival.extract(),
        arrival.file(),
        State.INCOMPLETE,
        "Waits for %s, which belongs to the same delivery and is not ready.".formatted(other),
        Optional.of(arrival.extractDate()),
        arrival.revision(),
        arrival.terms().manifest(),
        Optional.of(arrival.content()),
        now);
  }

  /** A file that turned out, while it was read, not to be what was announced. */
  public static Pending becauseOf(FileFault fault, Arrival arrival, Instant now) {
    return new Pending(
        arrival.extract(),
        arrival.file(),
        fault.mayMend() ? State.INCOMPLETE : State.REFUSED,
        fault.getMessage(),
        Optional.of(arrival.extractDate()),
        arrival.revision(),
        arrival.terms().manifest(),
        Optional.of(arrival.content()),
        now);
  }
}
