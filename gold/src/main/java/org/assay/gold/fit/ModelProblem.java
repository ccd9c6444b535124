package org.assay.gold.fit;

import java.util.List;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cohort.Model;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Link;

/** What the kernel is asked to fit, of a model as it is declared. */
final class ModelProblem {
  private ModelProblem() {}

  static GlmProblem of(Model model, CellTable cells, List<DesignTerm> formula) {
    return new GlmProblem(
        family(model.family()), link(model.link()), DesignMatrix.ofTerms(cells, formula));
  }

  private static Family family(Model.Family declared) {
    return switch (declared) {
      case BINOMIAL -> Family.BINOMIAL;
      case POISSON -> Family.POISSON;
    };
  }

  private static Link link(Model.Link declared) {
    return switch (declared) {
      case LOGIT -> Link.LOGIT;
      case PROBIT -> Link.PROBIT;
      case CLOGLOG -> Link.CLOGLOG;
      case LOG -> Link.LOG;
    };
  }
}
