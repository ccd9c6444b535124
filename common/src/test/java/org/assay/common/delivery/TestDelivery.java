package org.assay.common.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Deliveries of an extract x. */
final class TestDelivery {
  private TestDelivery() {}

  /** A complete delivery whose content is its file's name. */
  static Delivery of(
      String file, LocalDate date, Load load, long revision, String part, String... supersedes) {
    return new Delivery(
        Delivery.id("x", date, revision, part, file),
        "x",
        date,
        load,
        revision,
        part,
        new SourceFile("/landing/" + file, 1, Instant.ofEpochSecond(file.hashCode())),
        file,
        new Delivery.Terms(
            Optional.empty(), OptionalLong.empty(), Optional.empty(), false, List.of(supersedes)),
        new Delivery.Receipt(1, 0, List.of(), 0, Instant.EPOCH, "run"),
        State.COMPLETE,
        "");
  }
}
