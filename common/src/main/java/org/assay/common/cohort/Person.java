package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.assay.common.config.Section;

/**
 * Who the rows of a population are about. A model takes every row for a person of its own, so a
 * person's further rows are never passed over in silence.
 *
 * @param column the column that names the person
 * @param repeats what becomes of a person's further rows
 * @param orderBy the columns by which a person's first row is chosen, each ascending unless it ends
 *     in "desc", nulls last; empty where not only the first row is counted
 */
public record Person(String column, Repeats repeats, List<String> orderBy) {
  /** The name in the flow of rows that are not their person's first. */
  public static final String ONE_PER_PERSON = "one_per_person";

  /** What becomes of a person's further rows. */
  public enum Repeats {
    /** They are counted. */
    ALLOW,
    /** They are counted, and told. */
    WARN,
    /** They hold their region: its standard errors would be too small. */
    HOLD,
    /** They stop the population. */
    REFUSE
  }

  public Person {
    requireNonNull(column, "column is null");
    orderBy = List.copyOf(orderBy);
  }

  /** Whether only a person's first row is counted. */
  public boolean firstRowOnly() {
    return !orderBy.isEmpty();
  }

  /** Reads {@code person}, {@code repeats} and {@code one_per_person} of a population. */
  static Optional<Person> from(Section population) {
    Optional<List<String>> orderBy = population.optionalSection(ONE_PER_PERSON).map(Person::order);
    boolean hasRepeats = population.has("repeats");
    Repeats repeats = population.choice("repeats", Repeats.class, Repeats.WARN);
    Optional<String> column = population.optionalText("person");
    if (column.isEmpty() && (orderBy.isPresent() || hasRepeats)) {
      population.problem("person", "is missing; name the column that tells people apart.");
    }
    if (orderBy.isPresent() && hasRepeats) {
      population.problem(
          "repeats", "says what one_per_person already says; leave one of them out.");
    }
    return column.flatMap(
        name -> population.build(() -> new Person(name, repeats, orderBy.orElse(List.of()))));
  }

  private static List<String> order(Section firstRow) {
    List<String> columns = firstRow.texts("order_by");
    if (columns.isEmpty()) {
      firstRow.problem("order_by", "is missing; name the columns that say which row is the first.");
    }
    return columns;
  }
}
