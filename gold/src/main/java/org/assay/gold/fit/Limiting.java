package org.assay.gold.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.gold.glm.Firth;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.ProfiledFitter;
import org.assay.gold.inference.ProfileLimits;
import org.assay.gold.inference.TermLimits;
import org.assay.gold.inference.WaldInference;

/** Chooses how the limits of each coefficient are found. */
final class Limiting {
  /** With fewer events, or people without, in a level Wald's limits are too symmetric. */
  private static final long FEW = 20;

  private static final double CONFIDENCE = 0.95;

  private Limiting() {}

  /** Of each term, in the order of the design. */
  static List<TermLimits> of(
      GlmProblem problem, ProfiledFitter fitter, WaldInference inference, CellTable cells) {
    ProfileLimits profile = new ProfileLimits(fitter, problem, inference.beta(), CONFIDENCE);
    List<TermLimits> limits = new ArrayList<>();
    List<Term> terms = problem.design().terms();
    for (int j = 0; j < terms.size(); j++) {
      if (fitter instanceof Firth) {
        limits.add(TermLimits.ratio(profile, inference, j));
      } else if (level(cells, terms.get(j)).filter(cell -> cell.rarer() < FEW).isPresent()) {
        limits.add(TermLimits.profile(profile, inference, j));
      } else {
        limits.add(TermLimits.wald(inference, j));
      }
    }
    return limits;
  }

  /** The people in the level of a main effect. */
  private static Optional<Cell> level(CellTable cells, Term term) {
    return cells.factors().contains(term.factor())
        ? Optional.ofNullable(cells.margin(term.factor()).get(term.level()))
        : Optional.empty();
  }
}
