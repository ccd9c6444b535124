package org.assay.common.cohort;

import java.util.List;
import java.util.Optional;
import org.assay.common.config.Section;

/** What is measured in a population. */
public sealed interface Outcome {

  /**
   * Rows are counts: a column says how many of them had the outcome.
   *
   * @param events the column of events
   */
  record Events(String events) implements Outcome {}

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

  /** Reads {@code outcome}; what is wrong is recorded in the section. */
  static Optional<Outcome> from(Section section) {
    if (section.has("events")) {
      String events = section.text("events");
      return section.build(() -> new Events(events));
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
