package org.assay.common.cohort;

import java.util.ArrayList;
import java.util.Collections;
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
 * @param deprivation what makes it a factor of deprivation, if it is one
 * @param classification what its levels are a version of, such as a census's ethnic groups
 * @param notKnown which levels mean that the value is missing
 * @param fallbacks levels that stand in for a reference without people, the first that has any;
 *     usually none, so that estimates mean the same in every region
 */
public record Factor(
    String name,
    List<String> levels,
    String reference,
    boolean interest,
    Sparse sparse,
    Optional<Deprivation> deprivation,
    Optional<String> classification,
    NotKnown notKnown,
    List<String> fallbacks) {

  /** The level of people whose value is missing. */
  public static final String NOT_KNOWN = "Not known";

  /** One end of the ordered levels. */
  public enum End {
    FIRST,
    LAST
  }

  public Factor {
    levels = List.copyOf(levels);
    fallbacks = List.copyOf(fallbacks);
    if (!Lists.repeated(levels).isEmpty()) {
      throw new IllegalArgumentException(
          "levels lists %s more than once.".formatted(String.join(", ", Lists.repeated(levels))));
    }
    if (!levels.isEmpty() && !levels.contains(reference)) {
      throw new IllegalArgumentException(
          "the reference \"%s\" is not one of the levels %s."
              .formatted(reference, String.join(", ", levels)));
    }
    if (levels.isEmpty() && (sparse instanceof Sparse.IntoNeighbour || deprivation.isPresent())) {
      throw new IllegalArgumentException(
          "sparse.merge_into = neighbour and most_deprived need levels in order.");
    }
    if (sparse instanceof Sparse.IntoLevel into && into.level().equals(reference)) {
      throw new IllegalArgumentException(
          "sparse.merge_into is the reference \"%s\": everything is compared with it, so nothing may be counted in it."
              .formatted(reference));
    }
    if (fallbacks.contains(reference)) {
      throw new IllegalArgumentException(
          "reference_fallback names the reference \"%s\" itself.".formatted(reference));
    }
    if (sparse instanceof Sparse.IntoLevel into && fallbacks.contains(into.level())) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be both what sparse levels are counted with and what may stand in for the reference."
              .formatted(into.level()));
    }
    refuseBoth(levels, notKnown);
  }

  private static void refuseBoth(List<String> levels, NotKnown notKnown) {
    List<String> both =
        notKnown.levels().stream()
            .filter(level -> !level.equals(NOT_KNOWN) && levels.contains(level))
            .toList();
    if (notKnown.policy() == NotKnown.Policy.PUBLISH_ONLY && !both.isEmpty()) {
      throw new IllegalArgumentException(
          "levels lists %s, of which not_known says that they are no levels; give not_known.policy = level, or leave them out of levels."
              .formatted(String.join(", ", both)));
    }
  }

  /** This factor, if all levels that its keys name are among those it lists. */
  private Factor checked() {
    if (sparse instanceof Sparse.IntoLevel into) {
      refuseUnlisted("sparse.merge_into", List.of(into.level()));
    }
    refuseUnlisted("reference_fallback", fallbacks);
    if (notKnown.policy() == NotKnown.Policy.LEVEL) {
      refuseUnlisted("not_known.policy is level, and", notKnown.levels());
    }
    return this;
  }

  private void refuseUnlisted(String key, List<String> named) {
    for (String level : named) {
      if (!levels.isEmpty() && !levels.contains(level)) {
        throw new IllegalArgumentException(
            "%s \"%s\" is not one of the levels %s."
                .formatted(key, level, String.join(", ", levels)));
      }
    }
  }

  /** A factor without anything beyond its levels. */
  public static Factor of(String name, String reference, List<String> levels) {
    return new Factor(
        name,
        levels,
        reference,
        false,
        new Sparse.LeftOut(),
        Optional.empty(),
        Optional.empty(),
        NotKnown.PUBLISHED,
        List.of());
  }

  /** Whether its levels are ordered by deprivation. */
  public boolean isOfDeprivation() {
    return deprivation.isPresent() && !levels.isEmpty();
  }

  /** Its levels without those that mean that the value is missing, whatever becomes of these. */
  public List<String> knownLevels() {
    return levels.stream()
        .filter(level -> !level.equals(NOT_KNOWN) && !notKnown.levels().contains(level))
        .toList();
  }

  /** Its levels from the most to the least deprived; it must be of deprivation. */
  public List<String> mostDeprivedFirst() {
    List<String> ordered = new ArrayList<>(knownLevels());
    if (deprivation.orElseThrow().mostDeprived() == End.LAST) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  /** The same factor, which the cohort is about. */
  public Factor ofInterest() {
    return new Factor(
        name, levels, reference, true, sparse, deprivation, classification, notKnown, fallbacks);
  }

  /** The same factor, whose sparse levels become this. */
  public Factor withSparse(Sparse other) {
    return new Factor(
        name, levels, reference, interest, other, deprivation, classification, notKnown, fallbacks);
  }

  /** The same factor with these levels in place of a reference without people. */
  public Factor withFallbacks(List<String> others) {
    return new Factor(
        name, levels, reference, interest, sparse, deprivation, classification, notKnown, others);
  }

  /** The same factor with other levels that mean that the value is missing. */
  public Factor withNotKnown(NotKnown other) {
    return new Factor(
        name, levels, reference, interest, sparse, deprivation, classification, other, fallbacks);
  }

  /** Whether a level means that the value is missing, so that its people are in no model. */
  public boolean isNotKnown(String level) {
    return notKnown.policy() == NotKnown.Policy.PUBLISH_ONLY
        && !levels.contains(level)
        && (level.equals(NOT_KNOWN) || notKnown.levels().contains(level));
  }

  /** The same factor with these levels. */
  public Factor withLevels(List<String> found) {
    return new Factor(
        name, found, reference, interest, sparse, deprivation, classification, notKnown, fallbacks);
  }

  static Optional<Factor> from(Section section) {
    String name = section.text("name");
    List<String> levels = section.texts("levels");
    String reference = section.text("reference");
    boolean interest = section.flag("interest", false);
    Sparse sparse = Sparse.from(section);
    NotKnown notKnown = NotKnown.from(section);
    List<String> fallbacks = section.textOrTexts("reference_fallback");
    Optional<Deprivation> deprivation = Deprivation.from(section);
    Optional<String> classification = section.optionalText("classification");
    return section.build(
        () ->
            new Factor(
                    name,
                    levels,
                    reference,
                    interest,
                    sparse,
                    deprivation,
                    classification,
                    notKnown,
                    fallbacks)
                .checked());
  }
}
