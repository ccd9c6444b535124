package org.assay.common.cohort;

import java.util.List;
import org.assay.common.config.Section;

/**
 * Which levels say that a value is missing, and what becomes of the people in them.
 *
 * @param levels the levels; people without any value are in {@link Factor#NOT_KNOWN}
 * @param policy what becomes of them
 */
public record NotKnown(List<String> levels, Policy policy) {
  /** People without a value are counted and told, and are in no model. */
  public static final NotKnown PUBLISHED =
      new NotKnown(List.of(Factor.NOT_KNOWN), Policy.PUBLISH_ONLY);

  /** What becomes of people whose value is not known. */
  public enum Policy {
    /** They are counted and published with their crude rate, and are in no model. */
    PUBLISH_ONLY,
    /** Not to be known is a level like any other. */
    LEVEL
  }

  public NotKnown {
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException(
          "not_known.levels is empty; leave the block out, or name levels.");
    }
  }

  /** Reads a block {@code not_known { levels, policy }}. */
  static NotKnown from(Section factor) {
    return factor
        .optionalSection("not_known")
        .flatMap(
            section -> {
              List<String> levels =
                  section.has("levels") ? section.texts("levels") : PUBLISHED.levels;
              Policy policy = section.choice("policy", Policy.class, Policy.PUBLISH_ONLY);
              return section.build(() -> new NotKnown(levels, policy));
            })
        .orElse(PUBLISHED);
  }
}
