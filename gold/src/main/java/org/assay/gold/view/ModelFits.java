package org.assay.gold.view;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldContract;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Attempt;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.inference.GoodnessOfFit;

/** The rows of {@code gold_exact.model_fits}: one per region and model, fitted or not. */
public final class ModelFits {
  private ModelFits() {}

  /** The row of a region. */
  public static Row of(RegionFit fit) {
    ContractRow row =
        Keys.row(GoldContract.MODEL_FITS, fit)
            .set("method", Keys.method(fit))
            .set("engine", Keys.engine(fit))
            .set("formula", fit.model().formula())
            .set("is_listed", fit.region().isListed())
            .set("family", Keys.lower(fit.model().family()))
            .set("link", Keys.lower(fit.model().link()))
            .set("status", fit.status().name().toLowerCase(Locale.ROOT))
            .set("sentence", FitSentence.of(fit))
            .set("n", fit.total().n())
            .set("events", fit.total().events())
            .set("people_left_out", fit.region().n() - fit.total().n())
            .set("design", fit.estimates().map(e -> fit.region().design(fit.model())).orElse(null))
            .set("engine_difference", difference(fit))
            .set("iterations", fit.attempt().map(Attempt::iterations).orElse(null))
            .set("converged", fit.attempt().map(Attempt::converged).orElse(null));
    Optional<GoodnessOfFit> fitted = fit.estimates().map(Estimates::goodness);
    return setGoodness(row, fitted).build();
  }

  private static ContractRow setGoodness(ContractRow row, Optional<GoodnessOfFit> fitted) {
    return row.set("n_cells", count(fitted, GoodnessOfFit::cells))
        .set("rank", fitted.map(GoodnessOfFit::rank).orElse(null))
        .set("log_lik", value(fitted, GoodnessOfFit::logLik))
        .set("aic", value(fitted, GoodnessOfFit::aic))
        .set("bic", value(fitted, GoodnessOfFit::bic))
        .set("deviance", known(fitted, GoodnessOfFit::deviance))
        .set("null_deviance", known(fitted, GoodnessOfFit::nullDeviance))
        .set("df_residual", count(fitted, g -> g.n() - g.rank()))
        .set("df_null", count(fitted, g -> g.n() - 1))
        .set("deviance_cells", value(fitted, GoodnessOfFit::devianceCells))
        .set("null_deviance_cells", value(fitted, GoodnessOfFit::nullDevianceCells))
        .set("df_residual_cells", count(fitted, GoodnessOfFit::dfResidualCells))
        .set("df_null_cells", count(fitted, g -> g.cells() - 1))
        .set("pearson_cells", value(fitted, GoodnessOfFit::pearsonCells))
        .set("dispersion", known(fitted, GoodnessOfFit::dispersion));
  }

  private static Double known(
      Optional<GoodnessOfFit> fitted, Function<GoodnessOfFit, OptionalDouble> of) {
    OptionalDouble value = fitted.map(of).orElse(OptionalDouble.empty());
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Double value(Optional<GoodnessOfFit> fitted, ToDoubleFunction<GoodnessOfFit> of) {
    return fitted.map(of::applyAsDouble).orElse(null);
  }

  private static Long count(Optional<GoodnessOfFit> fitted, ToLongFunction<GoodnessOfFit> of) {
    return fitted.map(of::applyAsLong).orElse(null);
  }

  private static Double difference(RegionFit fit) {
    OptionalDouble difference =
        fit.attempt().map(Attempt::difference).orElse(OptionalDouble.empty());
    return difference.isPresent() ? difference.getAsDouble() : null;
  }

  /** The fits that were held. */
  static List<RegionFit> held(List<RegionFit> fits) {
    return fits.stream().filter(fit -> fit.status() == Status.HELD).toList();
  }
}
