package org.assay.common.cohort;

import java.util.Optional;
import org.assay.common.config.Section;

/** What becomes of a level with too few people, or without both outcomes. */
public sealed interface Sparse {

  /** It is left out of the model, with its people. */
  record LeftOut() implements Sparse {}

  /** It is counted with the level beside it, the smaller of two; needs ordered levels. */
  record IntoNeighbour() implements Sparse {}

  /**
   * It is counted with a level by name.
   *
   * @param level one of the factor's levels, and not its reference
   */
  record IntoLevel(String level) implements Sparse {}

  /** Reads a block {@code sparse { merge_into }}. */
  static Sparse from(Section factor) {
    Optional<String> into = factor.optionalSection("sparse").map(s -> s.text("merge_into"));
    return into.map(
            name ->
                switch (name) {
                  case "none" -> new LeftOut();
                  case "neighbour" -> new IntoNeighbour();
                  default -> new IntoLevel(name);
                })
        .orElseGet(LeftOut::new);
  }
}
