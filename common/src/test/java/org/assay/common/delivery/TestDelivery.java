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
    return of(file.hashCode(), file, file, date, load, revision, part, supersedes);
  }

  /** A complete FULL delivery of a file of this time. */
  static Delivery at(long time, String file, String content, LocalDate date, String... supersedes) {
    return of(time, file, content, date, Load.FULL, 0, "", supersedes);
  }

  private static Delivery of(
      long time,
      String file,
      String content,
      LocalDate date,
      Load load,
      long revision,
      String part,
      String... supersedes) {
    return new Delivery(
        Delivery.id("x", date, revision, part, content),
        "x",
        date,
        load,
        revision,
        part,
        new SourceFile("/landing/" + file, 1, Instant.ofEpochSecond(time)),
        content,
        new Delivery.Terms(
            Optional.empty(), OptionalLong.empty(), Optional.empty(), false, List.of(supersedes)),
        new Delivery.Receipt(1, 0, List.of(), 0, Instant.EPOCH, "run"),
        State.COMPLETE,
        "");
  }
}
