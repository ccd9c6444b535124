package org.assay.common.cells;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A factor as it enters a design matrix.
 *
 * @param name the factor
 * @param reference the level that the others are compared with
 * @param levels all levels with people, the reference among them, in display order
 */
public record ModelFactor(String name, String reference, List<String> levels) {
  public ModelFactor {
    requireNonNull(name, "name is null");
    levels = List.copyOf(levels);
    if (!levels.contains(reference)) {
      throw new IllegalArgumentException(
          "The reference \"%s\" of %s is not one of %s".formatted(reference, name, levels));
    }
  }

  /** The levels that get a coefficient. */
  public List<String> contrasts() {
    return levels.stream().filter(level -> !level.equals(reference)).toList();
  }
}
