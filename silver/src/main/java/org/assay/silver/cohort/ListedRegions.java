package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.Population;
import org.assay.common.cohort.RegionListing;
import org.assay.common.cohort.RegionListing.Codes;
import org.assay.common.cohort.RegionListing.OfExtract;
import org.assay.common.cohort.RegionListing.Validity;
import org.assay.common.run.DataRefusedException;
import org.assay.common.table.Tables;
import org.assay.expectations.readiness.RegionList;
import org.assay.silver.conform.ExtractRules;

/** The regions that there are, as a population declares them. */
final class ListedRegions {
  /** Of two names of one region the first in alphabetical order. */
  private static final BinaryOperator<String> LEAST =
      BinaryOperator.minBy(Comparator.naturalOrder());

  private ListedRegions() {}

  /**
   * Reads them; empty where the population lists none.
   *
   * @throws DataRefusedException if the list has nobody in it: with it every region would be held
   */
  static Optional<RegionList> of(
      Tables tables, Population population, Period period, List<ExtractRules> extracts) {
    return population
        .region()
        .list()
        .map(listing -> read(tables, population, period, listing, extracts));
  }

  private static RegionList read(
      Tables tables,
      Population population,
      Period period,
      RegionListing listing,
      List<ExtractRules> extracts) {
    if (listing instanceof Codes codes) {
      return RegionList.ofCodes(
          "populations.%s.region.list".formatted(population.name()), codes.codes());
    }
    OfExtract of = (OfExtract) listing;
    ExtractRules extract =
        extracts.stream().filter(e -> e.name().equals(of.extract())).findFirst().orElseThrow();
    SortedMap<String, String> names = new TreeMap<>();
    CurrentExtracts.of(tables, extract)
        .map(rows -> valid(rows, of, period))
        .ifPresent(
            rows ->
                rows.collectAsList()
                    .forEach(row -> names.merge(row.getString(0), row.getString(1), LEAST)));
    String says =
        of.validity()
            .map(validity -> "%s on %s".formatted(of.extract(), day(validity, period)))
            .orElse(of.extract());
    if (names.isEmpty()) {
      throw new DataRefusedException(
          "The list of regions of population %s, %s, is empty, so no region can be judged. Deliver %s with its regions, and run again."
              .formatted(population.name(), says, of.extract()));
    }
    return new RegionList(says, names);
  }

  private static LocalDate day(Validity validity, Period period) {
    return validity
        .on()
        .in(period)
        .orElseThrow(
            () ->
                new DataRefusedException(
                    "The regions must be valid on %s, and the project lists no periods; list them, or write the day itself."
                        .formatted(validity.on().ofPeriod().orElseThrow().text())));
  }

  private static Dataset<Row> valid(Dataset<Row> rows, OfExtract of, Period period) {
    Column isValid =
        of.validity()
            .map(validity -> isValid(validity, day(validity, period)))
            .orElse(lit(true))
            .and(col(of.column()).isNotNull());
    Column code = col(of.column()).cast(DataTypes.StringType);
    Column name = of.name().map(column -> col(column).cast(DataTypes.StringType)).orElse(code);
    return rows.filter(isValid).select(code, coalesce(name, code)).distinct();
  }

  private static Column isValid(Validity validity, LocalDate day) {
    Column on = lit(Date.valueOf(day));
    Column begun =
        validity.from().map(from -> col(from).isNull().or(col(from).leq(on))).orElse(lit(true));
    Column notEnded =
        validity.to().map(to -> col(to).isNull().or(col(to).gt(on))).orElse(lit(true));
    return begun.and(notEnded);
  }
}
