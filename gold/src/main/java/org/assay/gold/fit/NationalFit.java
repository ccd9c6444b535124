package org.assay.gold.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.gold.glm.Firth;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmFitter;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.inference.WaldInference;

/**
 * One fit of a model to all regions together, by the model's own method, with the region as one
 * more factor: the effects that regions would share if they differed in nothing but their level.
 *
 * @param terms those of the model, without intercept and regions
 * @param estimates of the terms
 * @param stdErrors of the estimates
 * @param regions in the fit
 */
public record NationalFit(List<Term> terms, double[] estimates, double[] stdErrors, int regions) {
  private static final String REGION = "(region)";

  /** Fits the listed regions in which the outcome varies; empty where no estimate exists. */
  public static Optional<NationalFit> of(CohortResult result, Model model) {
    List<String> factors = new ArrayList<>(model.terms());
    factors.add(REGION);
    CellTable.Builder all = CellTable.over(factors);
    List<String> regions = new ArrayList<>();
    result
        .listed()
        .forEach(
            (region, table) -> {
              CellTable known = known(result, model, model.cells(table));
              if (known.total().isMixed()) {
                regions.add(region);
                known.cells().forEach((levels, cell) -> all.add(with(levels, region), cell));
              }
            });
    CellTable cells = all.build();
    return fit(result, model, cells, regions)
        .or(() -> fit(result, model, withBothOutcomes(result, model, cells), regions));
  }

  /**
   * Without levels in which nobody or everybody has the event, whose effect has no end: of the
   * others the estimates are those that they tend to.
   */
  private static CellTable withBothOutcomes(CohortResult result, Model model, CellTable cells) {
    CellTable mixed = cells;
    for (String term : model.terms()) {
      String reference = result.cohort().population().factor(term).reference();
      for (Map.Entry<String, Cell> level : cells.margin(term).entrySet()) {
        if (!level.getValue().isMixed() && !level.getKey().equals(reference)) {
          mixed = mixed.without(term, level.getKey());
        }
      }
    }
    return mixed;
  }

  private static Optional<NationalFit> fit(
      CohortResult result, Model model, CellTable cells, List<String> regions) {
    List<ModelFactor> design = new ArrayList<>();
    for (String term : model.terms()) {
      factor(result, term, cells.margin(term)).ifPresent(design::add);
    }
    if (regions.size() < 2 || design.size() < model.terms().size()) {
      return Optional.empty();
    }
    design.add(new ModelFactor(REGION, regions.get(0), regions));
    List<DesignTerm> formula =
        DesignTerm.of(
            design,
            model.interactions().stream().map(i -> List.of(i.first(), i.second())).toList());
    GlmProblem problem = ModelProblem.of(model, cells, formula);
    GlmFitter fitter = model.method() == Model.Method.FIRTH ? new Firth() : new Irls();
    return fitter.fit(problem) instanceof GlmFit.Converged fit
        ? WaldInference.at(problem, fit.beta())
            .map(inference -> of(problem, inference, regions.size()))
        : Optional.empty();
  }

  private static NationalFit of(GlmProblem problem, WaldInference inference, int regions) {
    List<Term> terms = problem.design().terms();
    int[] kept =
        IntStream.range(1, terms.size())
            .filter(j -> !terms.get(j).factor().equals(REGION))
            .toArray();
    return new NationalFit(
        IntStream.of(kept).mapToObj(terms::get).toList(),
        IntStream.of(kept).mapToDouble(j -> inference.beta()[j]).toArray(),
        IntStream.of(kept).mapToDouble(inference::stdError).toArray(),
        regions);
  }

  private static List<String> with(List<String> levels, String region) {
    List<String> with = new ArrayList<>(levels);
    with.add(region);
    return with;
  }

  /** Without people of whom a factor is not known, or is what it does not list. */
  private static CellTable known(CohortResult result, Model model, CellTable cells) {
    CellTable known = cells;
    for (String term : model.terms()) {
      Factor factor = result.cohort().population().factor(term);
      for (String level : known.margin(term).keySet()) {
        boolean isUnlisted = !factor.levels().isEmpty() && !factor.levels().contains(level);
        if (factor.isNotKnown(level) || isUnlisted) {
          known = known.without(term, level);
        }
      }
    }
    return known;
  }

  private static Optional<ModelFactor> factor(
      CohortResult result, String name, Map<String, Cell> margin) {
    Factor factor = result.cohort().population().factor(name);
    List<String> levels =
        factor.levels().isEmpty()
            ? List.copyOf(margin.keySet())
            : factor.levels().stream().filter(margin::containsKey).toList();
    return levels.size() > 1 && levels.contains(factor.reference())
        ? Optional.of(new ModelFactor(name, factor.reference(), levels))
        : Optional.empty();
  }
}
