package org.assay.common.cohort;

import java.util.List;
import java.util.Optional;
import org.assay.common.config.Section;

/** What is measured in a population. */
public sealed interface Outcome {

  /**
   * A column says how many had the outcome, or how often it happened.
   *
   * @param events the column of events
   * @param exposure the column of time at risk, or of whatever else events are divided by; empty
   *     where that is the people
   */
  record Events(String events, Optional<String> exposure) implements Outcome {}

  /**
   * Rows are people: a column says what became of each.
   *
   * @param column the column
   * @param event its values for people with the outcome
   * @param nonEvent its values for people without; any other value is unknown
   */
  record Status(String column, List<String> event, List<String> nonEvent) implements Outcome {
    public Status {
      event = List.copyOf(event);
      nonEvent = List.copyOf(nonEvent);
      if (event.isEmpty() || nonEvent.isEmpty()) {
        throw new IllegalArgumentException("event and non_event must both list values.");
      }
      List<String> both = event.stream().filter(nonEvent::contains).toList();
      if (!both.isEmpty()) {
        throw new IllegalArgumentException(
            "%s cannot be both event and non_event.".formatted(String.join(", ", both)));
      }
    }
  }

  /** Whether events are counted over time at risk, and not among people. */
  default boolean isRate() {
    return this instanceof Events of && of.exposure().isPresent();
  }

  /** Reads {@code outcome}; what is wrong is recorded in the section. */
  static Optional<Outcome> from(Section section) {
    if (section.has("events")) {
      String events = section.text("events");
      Optional<String> exposure = section.optionalText("exposure");
      return section.build(() -> new Events(events, exposure));
    }
    if (!section.has("column")) {
      section.problem(
          "events", "is missing; name a column of counts, or column, event and non_event.");
    }
    String column = section.text("column", "");
    List<String> event = section.texts("event");
    List<String> nonEvent = section.texts("non_event");
    return section.build(() -> new Status(column, event, nonEvent));
  }
}
