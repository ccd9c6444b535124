package org.assay.common.cohort;

import java.util.List;
import java.util.Optional;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;

/**
 * A categorical column that outcomes are compared by.
 *
 * @param name the population's column
 * @param levels all levels in order; empty where the levels are those found in the data, in
 *     alphabetical order
 * @param reference the level the others are compared with, the same in every region
 * @param interest whether the cohort is about this factor: without it a region is not fitted
 * @param sparse what becomes of a level with too few people or without both outcomes
 * @param mostDeprived which end of the levels is the most deprived, for a deprivation index
 * @param index the deprivation index and its version, for display
 */
public record Factor(
    String name,
    List<String> levels,
    String reference,
    boolean interest,
    Sparse sparse,
    Optional<End> mostDeprived,
    Optional<String> index) {

  /** The level of people whose value is missing. */
  public static final String NOT_KNOWN = "Not known";

  /** What becomes of a sparse level. */
  public enum Sparse {
    /** It is left out of the model, with its people. */
    NONE,
    /** It is merged with the level beside it; needs ordered levels. */
    NEIGHBOUR
  }

  /** One end of the ordered levels. */
  public enum End {
    FIRST,
    LAST
  }

  public Factor {
    levels = List.copyOf(levels);
    if (!Lists.repeated(levels).isEmpty()) {
      throw new IllegalArgumentException(
          "levels lists %s more than once.".formatted(String.join(", ", Lists.repeated(levels))));
    }
    if (!levels.isEmpty() && !levels.contains(reference)) {
      throw new IllegalArgumentException(
          "the reference \"%s\" is not one of the levels %s."
              .formatted(reference, String.join(", ", levels)));
    }
    if (levels.isEmpty() && (sparse == Sparse.NEIGHBOUR || mostDeprived.isPresent())) {
      throw new IllegalArgumentException(
          "sparse.merge_into = neighbour and most_deprived need levels in order.");
    }
  }

  /** The same factor with these levels. */
  public Factor withLevels(List<String> found) {
    return new Factor(name, found, reference, interest, sparse, mostDeprived, index);
  }

  static Optional<Factor> from(Section section) {
    String name = section.text("name");
    List<String> levels = section.texts("levels");
    String reference = section.text("reference");
    boolean interest = section.flag("interest", false);
    Sparse sparse =
        section
            .optionalSection("sparse")
            .map(s -> s.choice("merge_into", Sparse.class))
            .orElse(Sparse.NONE);
    Optional<End> mostDeprived =
        section.has("most_deprived")
            ? Optional.of(section.choice("most_deprived", End.class))
            : Optional.empty();
    Optional<String> index = section.optionalText("index");
    return section.build(
        () -> new Factor(name, levels, reference, interest, sparse, mostDeprived, index));
  }
}
