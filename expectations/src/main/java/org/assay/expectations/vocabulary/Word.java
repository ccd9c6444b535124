package org.assay.expectations.vocabulary;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import org.assay.expectations.Expectation;

/**
 * A word of the vocabulary: one expectation that can be declared.
 *
 * @param name its name in Great Expectations, or in its manner
 * @param about what it judges
 * @param meaning what is expected, in one sentence
 * @param nulls what it does with missing values, in one sentence
 * @param arguments what can be given
 * @param example the arguments of an example, as HOCON
 * @param reader makes the expectation of its arguments; what is wrong with them is recorded there
 */
public record Word(
    String name,
    About about,
    String meaning,
    String nulls,
    List<Argument> arguments,
    String example,
    Function<Arguments, Expectation> reader) {
  /** Of most words about values. */
  static final String NOT_JUDGED = "A missing value is not judged; not-null is a rule of its own.";

  /** Of words that measure a whole column. */
  static final String NOT_MEASURED =
      "Missing values are left out; where no row has a value, the expectation is not met. Of a"
          + " delivery without rows nothing is asked.";

  /** What a word judges. */
  public enum About {
    /** Each row, so that failing rows can be held. */
    ROWS,
    /** A column of the whole delivery. */
    COLUMN,
    /** The delivery as a table. */
    TABLE
  }

  public Word {
    requireNonNull(about, "about is null");
    requireNonNull(reader, "reader is null");
    arguments = List.copyOf(arguments);
  }

  static Word ofRows(
      String name,
      String meaning,
      String nulls,
      List<Argument> arguments,
      String example,
      Function<Arguments, Expectation> reader) {
    return new Word(name, About.ROWS, meaning, nulls, arguments, example, reader);
  }
}
