package org.assay.common.cells;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.cells.DesignMatrix.Term;

/** A term of a model's formula, which gives the design matrix one column or more. */
public sealed interface DesignTerm {

  /**
   * The terms of a formula: the factors, then the interactions of those that are there.
   *
   * @param interactions pairs of names of factors
   */
  static List<DesignTerm> of(List<ModelFactor> factors, List<List<String>> interactions) {
    Map<String, ModelFactor> byName = new LinkedHashMap<>();
    factors.forEach(factor -> byName.put(factor.name(), factor));
    List<DesignTerm> terms = new ArrayList<>();
    factors.forEach(factor -> terms.add(new Main(factor)));
    for (List<String> pair : interactions) {
      if (byName.keySet().containsAll(pair)) {
        terms.add(new Interaction(byName.get(pair.get(0)), byName.get(pair.get(1))));
      }
    }
    return terms;
  }

  /** The names of the factors it is made of. */
  List<String> factors();

  /** Its columns, in order. */
  List<Term> columns();

  /**
   * What a pattern has in one of its columns, all others being 0.
   *
   * @param levels the pattern's levels of {@link #factors}, in that order
   * @return the column and its value; empty where all columns are 0
   * @throws IllegalArgumentException if a level is not in the term
   */
  Optional<Entry> entry(List<String> levels);

  /**
   * A value of a design matrix.
   *
   * @param column the column
   * @param value not 0
   */
  record Entry(Term column, double value) {}

  /** A factor under treatment contrasts: a 0/1 column for each level but the reference. */
  record Main(ModelFactor factor) implements DesignTerm {
    public Main {
      requireNonNull(factor, "factor is null");
    }

    @Override
    public List<String> factors() {
      return List.of(factor.name());
    }

    @Override
    public List<Term> columns() {
      return factor.contrasts().stream().map(level -> new Term(factor.name(), level)).toList();
    }

    @Override
    public Optional<Entry> entry(List<String> levels) {
      String level = levels.get(0);
      if (!factor.levels().contains(level)) {
        throw new IllegalArgumentException(
            "Level \"%s\" of %s is not in the design %s".formatted(level, factor.name(), factor));
      }
      return level.equals(factor.reference())
          ? Optional.empty()
          : Optional.of(new Entry(new Term(factor.name(), level), 1));
    }
  }

  /** How the contrasts of one factor differ by those of another: R's {@code a:b}. */
  record Interaction(ModelFactor first, ModelFactor second) implements DesignTerm {
    public Interaction {
      requireNonNull(first, "first is null");
      requireNonNull(second, "second is null");
    }

    @Override
    public List<String> factors() {
      return List.of(first.name(), second.name());
    }

    /** In R's order: the levels of the first factor vary fastest. */
    @Override
    public List<Term> columns() {
      List<Term> columns = new ArrayList<>();
      for (String b : second.contrasts()) {
        for (String a : first.contrasts()) {
          columns.add(term(a, b));
        }
      }
      return columns;
    }

    @Override
    public Optional<Entry> entry(List<String> levels) {
      Optional<Entry> a = new Main(first).entry(levels.subList(0, 1));
      Optional<Entry> b = new Main(second).entry(levels.subList(1, 2));
      return a.isPresent() && b.isPresent()
          ? Optional.of(new Entry(term(levels.get(0), levels.get(1)), 1))
          : Optional.empty();
    }

    private Term term(String a, String b) {
      return new Term(
          first.name() + ":" + second.name(),
          a + ":" + b,
          first.name() + a + ":" + second.name() + b);
    }
  }

  /**
   * A factor as one number per level, for a test of trend. A level that has no place in the order,
   * such as "Not known", has a 0/1 column of its own, so that it says nothing of the trend.
   *
   * @param factor the factor's name
   * @param scores the number of each level that has a place in the order
   * @param unordered the levels that have none
   */
  record Score(String factor, Map<String, Double> scores, List<String> unordered)
      implements DesignTerm {
    public Score {
      requireNonNull(factor, "factor is null");
      scores = Map.copyOf(scores);
      unordered = List.copyOf(unordered);
    }

    /**
     * Ridits: the share of people below the middle of each level, from 0 to 1 (Bross 1958), so that
     * the coefficient compares the two ends of the population.
     *
     * @param levels in order; those without people are left out
     * @param margin people by level; its other levels have no place in the order
     */
    public static Score ridits(String factor, List<String> levels, Map<String, Cell> margin) {
      Map<String, Double> people = new LinkedHashMap<>();
      levels.stream()
          .filter(margin::containsKey)
          .forEach(level -> people.put(level, margin.get(level).size()));
      double total = people.values().stream().mapToDouble(n -> n).sum();
      Map<String, Double> ridits = new TreeMap<>();
      double below = 0;
      for (Map.Entry<String, Double> level : people.entrySet()) {
        ridits.put(level.getKey(), (below + level.getValue() / 2) / total);
        below += level.getValue();
      }
      List<String> unordered =
          margin.keySet().stream().filter(level -> !people.containsKey(level)).sorted().toList();
      return new Score(factor, ridits, unordered);
    }

    @Override
    public List<String> factors() {
      return List.of(factor);
    }

    /** The score, then the levels without one. */
    @Override
    public List<Term> columns() {
      List<Term> columns = new ArrayList<>(List.of(new Term(factor, "", factor)));
      unordered.forEach(level -> columns.add(new Term(factor, level)));
      return columns;
    }

    @Override
    public Optional<Entry> entry(List<String> levels) {
      String level = levels.get(0);
      if (unordered.contains(level)) {
        return Optional.of(new Entry(new Term(factor, level), 1));
      }
      Double score = scores.get(level);
      if (score == null) {
        throw new IllegalArgumentException(
            "Level \"%s\" of %s has no score in %s".formatted(level, factor, scores));
      }
      return score == 0 ? Optional.empty() : Optional.of(new Entry(columns().get(0), score));
    }
  }
}
