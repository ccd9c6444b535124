package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.RealData;

/** R's fits of one data set, and how ours must agree with them. */
final class RFits {
  private static final double COEFFICIENT = 1e-8;

  /** A relative difference of 1e-8, in percent. */
  private static final double STANDARD_ERROR = 1e-6;

  private final List<Row> reference;
  private final Map<String, String> names;

  /**
   * @param dataset the data set, as the reference names it
   * @param names what R calls those of our factors that it names differently
   */
  RFits(SparkSession spark, String dataset, Map<String, String> names) {
    this.reference =
        spark
            .read()
            .option("header", true)
            .option("escape", "\"")
            .csv(RealData.reference().resolve("glm_fits.csv").toString())
            .filter("dataset = '%s'".formatted(dataset))
            .collectAsList();
    this.names = names;
    assertThat(reference).isNotEmpty();
  }

  /** Every term of every region, and no other. */
  void assertTerms(List<Row> terms) {
    Map<String, Row> ours = new HashMap<>();
    for (Row row : terms) {
      if (row.getAs("status").equals("estimated")) {
        ours.put(row.getAs("region") + "/" + renamed(row.getAs("term")), row);
      }
    }
    assertThat(ours.keySet())
        .containsExactlyInAnyOrderElementsOf(
            reference.stream().map(r -> r.getAs("region") + "/" + r.getAs("term")).toList());
    for (Row expected : reference) {
      String term = expected.getAs("region") + "/" + expected.getAs("term");
      assertThat(ours.get(term).<Double>getAs("estimate"))
          .as(term)
          .isCloseTo(number(expected, "estimate"), within(COEFFICIENT));
      assertThat(ours.get(term).<Double>getAs("std_error"))
          .as("SE of %s", term)
          .isCloseTo(number(expected, "se"), withPercentage(STANDARD_ERROR));
    }
  }

  /** Every fit, and the levels that were left out of it. */
  void assertFits(List<Row> fits, List<Row> reasons) {
    Map<String, Row> byRegion =
        reference.stream()
            .collect(Collectors.toMap(r -> r.getAs("region"), Function.identity(), (a, b) -> a));
    assertThat(fits)
        .extracting(fit -> fit.<String>getAs("region"))
        .containsExactlyInAnyOrderElementsOf(byRegion.keySet());
    for (Row fit : fits) {
      String region = fit.getAs("region");
      Row expected = byRegion.get(region);
      assertCount(region, fit, "n", expected, "n");
      assertCount(region, fit, "events", expected, "events");
      assertCount(region, fit, "n_cells", expected, "cells");
      assertCount(region, fit, "df_residual_cells", expected, "df_resid_cells");
      assertThat(fit.<Double>getAs("log_lik"))
          .as(region)
          .isCloseTo(number(expected, "log_lik_persons"), within(1e-6));
      assertThat(fit.<Double>getAs("deviance_cells"))
          .as(region)
          .isCloseTo(number(expected, "deviance_cells"), within(1e-6));
      assertThat(leftOut(region, reasons)).as(region).isEqualTo(leftOutByR(expected.getAs("held")));
    }
  }

  /** The levels that R left out, as the reference names them, by region. */
  Map<String, List<String>> leftOut() {
    Map<String, List<String>> byRegion = new HashMap<>();
    for (Row row : reference) {
      if (row.getAs("held") != null) {
        byRegion.put(
            row.getAs("region"),
            leftOutByR(row.getAs("held")).stream()
                .map(level -> level.replaceFirst(":n=.*", ""))
                .map(this::ours)
                .toList());
      }
    }
    return byRegion;
  }

  /** A term of R under our factor's name. */
  private String ours(String term) {
    return names.entrySet().stream()
        .filter(name -> term.startsWith(name.getValue()))
        .findFirst()
        .map(name -> name.getKey() + term.substring(name.getValue().length()))
        .orElse(term);
  }

  private static void assertCount(
      String region, Row fit, String column, Row expected, String inReference) {
    assertThat(fit.<Long>getAs(column))
        .as("%s of %s", column, region)
        .isEqualTo((long) number(expected, inReference));
  }

  private Set<String> leftOut(String region, List<Row> reasons) {
    return reasons.stream()
        .filter(r -> region.equals(r.getAs("region")))
        .filter(
            r -> Set.of("LEVEL_NO_EVENTS", "LEVEL_ALL_EVENTS").contains(r.<String>getAs("code")))
        .map(r -> renamed(r.<String>getAs("factor") + r.getAs("level")) + ":n=" + r.getAs("n"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> leftOutByR(String held) {
    Set<String> levels = new TreeSet<>();
    if (held != null) {
      for (String level : held.split("; ")) {
        levels.add(level.replaceFirst(":no events:", ":").replaceFirst(":only events:", ":"));
      }
    }
    return levels;
  }

  private String renamed(String term) {
    return names.entrySet().stream()
        .filter(name -> term.startsWith(name.getKey()))
        .findFirst()
        .map(name -> name.getValue() + term.substring(name.getKey().length()))
        .orElse(term);
  }

  private static double number(Row row, String column) {
    return Double.parseDouble(row.getAs(column));
  }
}
