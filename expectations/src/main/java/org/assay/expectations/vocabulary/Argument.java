package org.assay.expectations.vocabulary;

/**
 * An argument of an expectation, named as in Great Expectations.
 *
 * @param name its key
 * @param isRequired whether it must be given
 * @param meaning what it says, with its default
 */
public record Argument(String name, boolean isRequired, String meaning) {
  static final Argument COLUMN = needed("column", "the column");
  static final Argument COLUMN_LIST = needed("column_list", "the columns");
  static final Argument COLUMN_A = needed("column_A", "the first column");
  static final Argument COLUMN_B = needed("column_B", "the second column");
  static final Argument MIN = optional("min_value", "the least that is right");
  static final Argument MAX = optional("max_value", "the most that is right");
  static final Argument STRICT_MIN =
      optional("strict_min", "whether min_value itself is wrong; false");
  static final Argument STRICT_MAX =
      optional("strict_max", "whether max_value itself is wrong; false");

  static Argument needed(String name, String meaning) {
    return new Argument(name, true, meaning);
  }

  static Argument optional(String name, String meaning) {
    return new Argument(name, false, meaning);
  }
}
