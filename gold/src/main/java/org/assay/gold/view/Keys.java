package org.assay.gold.view;

import java.util.Locale;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.TableContract;
import org.assay.gold.fit.RegionFit;

/** The columns that the tables of models begin and end with. */
final class Keys {
  private Keys() {}

  /** A row about a fit: period, cohort, model and region. */
  static ContractRow row(TableContract contract, RegionFit fit) {
    return plain(contract, fit).set("region_key", RegionKey.of(fit.region().key().region()));
  }

  /** The same of a table that is not keyed to the dimensions. */
  static ContractRow plain(TableContract contract, RegionFit fit) {
    return contract
        .row()
        .set("period", fit.region().key().period())
        .set("cohort", fit.region().key().outcome())
        .set("model", fit.region().model())
        .set("region", fit.region().key().region().orElse(null));
  }

  static String method(RegionFit fit) {
    return lower(fit.model().method());
  }

  static String engine(RegionFit fit) {
    return lower(fit.model().engine());
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Null where it is not a number. */
  static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
