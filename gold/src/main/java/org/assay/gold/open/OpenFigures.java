package org.assay.gold.open;

import java.util.List;
import org.apache.spark.sql.Row;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.PublicNumber;
import org.assay.gold.view.Rates;

/** The public rows of rates, inequality and funnels, made of counts as everybody sees them. */
final class OpenFigures {
  private static final int FIGURES = 3;

  /** Of rates that are made of finer counts than those that are shown. */
  private static final List<String> STANDARDISED =
      List.of("denominator", "value", "conf_low", "conf_high", "conf_low_998", "conf_high_998");

  private static final OpenRow.OfTable RATES =
      new OpenRow.OfTable(GoldFigures.RATES, PublicContract.RATES);
  private static final OpenRow.OfTable INEQUALITY =
      new OpenRow.OfTable(GoldFigures.INEQUALITY, PublicContract.INEQUALITY);
  private static final OpenRow.OfTable FUNNEL =
      new OpenRow.OfTable(GoldFigures.FUNNEL, PublicContract.FUNNEL);

  private final OpenCounts counts;
  private final DisclosurePolicy policy;

  OpenFigures(OpenCounts counts) {
    this.counts = counts;
    this.policy = counts.policy();
  }

  Row rate(Row exact) {
    OpenRow row = RATES.of(exact);
    boolean countsWithheld =
        counts.setCounts(
            row, OpenRow.orEmpty(row.text("factor")), OpenRow.orEmpty(row.text("level")));
    boolean withheld = countsWithheld || isWithheld(row);
    if (withheld) {
      row.withhold(
              List.of(
                  "denominator",
                  "value",
                  "conf_low",
                  "conf_high",
                  "conf_low_998",
                  "conf_high_998",
                  "limits"))
          .set("note", Rates.WITHHELD);
    } else if (!policy.isOpen() && !row.text("statistic").equals("crude")) {
      row.round(value -> PublicNumber.figures(value, FIGURES), STANDARDISED);
    }
    return row.set("suppression", OpenCounts.suppression(false, withheld)).build();
  }

  /** Whether it would tell of a count that it is made of. */
  private static boolean isWithheld(OpenRow row) {
    return Rates.WITHHELD.equals(row.text("note"));
  }

  Row inequality(Row exact) {
    OpenRow row = INEQUALITY.of(exact);
    boolean withheld = isWithheld(row) || isAreaWithheld(row) || isLevelWithheld(row);
    List<String> values = List.of("value", "std_error", "conf_low", "conf_high");
    if (withheld) {
      row.withhold(values).set("note", Rates.WITHHELD);
    } else if (!policy.isOpen()) {
      row.round(value -> PublicNumber.figures(value, FIGURES), values);
    }
    return row.set("suppression", OpenCounts.suppression(false, withheld)).build();
  }

  Row point(Row exact) {
    OpenRow row = FUNNEL.of(exact);
    boolean withheld = row.exact("value") == null;
    if (!withheld && !policy.isOpen()) {
      row.round(
          value -> PublicNumber.figures(value, FIGURES),
          List.of(
              "denominator",
              "value",
              "z",
              "z_adjusted",
              "limit_low_95",
              "limit_high_95",
              "limit_low_998",
              "limit_high_998"));
    }
    return row.set("suppression", OpenCounts.suppression(false, withheld)).build();
  }

  /** Whether the people of a level of the row's factor, or their events, are few or withheld. */
  private boolean isLevelWithheld(OpenRow row) {
    String area = row.text("region_key");
    String factor = row.text("factor");
    return counts.cells(row).margin(factor).entrySet().stream()
        .anyMatch(
            level -> counts.isFewOrWithheld(row, area, factor, level.getKey(), level.getValue()));
  }

  /** Whether the people of an area as a whole, or their events, are withheld. */
  private boolean isAreaWithheld(OpenRow row) {
    return counts.isWithheld(row, row.text("region_key"), "", "", counts.cells(row).total());
  }
}
