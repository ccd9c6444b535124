package org.assay.common.cells;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The cells of one region: counts by covariate pattern, kept in the order of the patterns, so that
 * whatever is computed from them does not depend on how they came.
 *
 * <p>Immutable. Cells without trials are not kept: they say nothing, but would count as data.
 */
public final class CellTable {
  /** The order of cells: by the first level, then the next; of lists that are equally long. */
  public static final Comparator<List<String>> BY_LEVELS = CellTable::compareLevels;

  private final List<String> factors;
  private final SortedMap<List<String>, Cell> cells;

  /** Sums that are asked for again and again; computed when they are first. */
  private final Map<String, Map<String, Cell>> margins = new ConcurrentHashMap<>();

  private final Cell total;

  private CellTable(List<String> factors, SortedMap<List<String>, Cell> cells) {
    this.factors = List.copyOf(factors);
    this.cells = Collections.unmodifiableSortedMap(cells);
    this.total = cells.values().stream().reduce(Cell.NOBODY, Cell::plus);
  }

  /** The table without cells: the identity of {@link #plus}. */
  public static CellTable empty(List<String> factors) {
    return new CellTable(factors, new TreeMap<>(BY_LEVELS));
  }

  /** Starts a table over these factors. */
  public static Builder over(List<String> factors) {
    return new Builder(factors);
  }

  /** Collects cells in any order; equal patterns are summed. */
  public static final class Builder {
    private final List<String> factors;
    private final SortedMap<List<String>, Cell> cells = new TreeMap<>(BY_LEVELS);

    private Builder(List<String> factors) {
      this.factors = List.copyOf(factors);
    }

    /**
     * Adds a cell.
     *
     * @param levels one level for each factor, in the table's order
     */
    public Builder add(List<String> levels, Cell cell) {
      if (levels.size() != factors.size()) {
        throw new IllegalArgumentException(
            "%d levels %s for the factors %s".formatted(levels.size(), levels, factors));
      }
      if (!cell.isEmpty()) {
        cells.merge(List.copyOf(levels), cell, Cell::plus);
      }
      return this;
    }

    public CellTable build() {
      return new CellTable(factors, new TreeMap<>(cells));
    }
  }

  /** The factors, in the order of the levels in each pattern. */
  public List<String> factors() {
    return factors;
  }

  /** Cells by pattern, in the order of the patterns. */
  public SortedMap<List<String>, Cell> cells() {
    return cells;
  }

  /** Number of covariate patterns with at least one trial. */
  public int size() {
    return cells.size();
  }

  /** All cells summed. */
  public Cell total() {
    return total;
  }

  /** Both tables together; they must be over the same factors. */
  public CellTable plus(CellTable other) {
    if (!factors.equals(other.factors)) {
      throw new IllegalArgumentException(factors + " cannot be summed with " + other.factors);
    }
    Builder sum = over(factors);
    cells.forEach(sum::add);
    other.cells.forEach(sum::add);
    return sum.build();
  }

  /** Counts by level of one factor, in the order of the levels. */
  public Map<String, Cell> margin(String factor) {
    return margins.computeIfAbsent(factor, this::sum);
  }

  private Map<String, Cell> sum(String factor) {
    int at = position(factor);
    Map<String, Cell> margin = new HashMap<>();
    cells.forEach((levels, cell) -> margin.merge(levels.get(at), cell, Cell::plus));
    return Collections.unmodifiableMap(new TreeMap<>(margin));
  }

  /** The cells over some of the factors, in that order, summed over the others. */
  public CellTable collapseTo(List<String> kept) {
    if (kept.equals(factors)) {
      return this;
    }
    int[] positions = kept.stream().mapToInt(this::position).toArray();
    Builder summed = over(kept);
    cells.forEach(
        (levels, cell) -> summed.add(IntStream.of(positions).mapToObj(levels::get).toList(), cell));
    return summed.build();
  }

  /** The cells outside one level of a factor. */
  public CellTable without(String factor, String level) {
    int at = position(factor);
    Builder rest = over(factors);
    cells.forEach(
        (levels, cell) -> {
          if (!levels.get(at).equals(level)) {
            rest.add(levels, cell);
          }
        });
    return rest.build();
  }

  /** The cells in one level of a factor. */
  public CellTable only(String factor, String level) {
    int at = position(factor);
    Builder those = over(factors);
    cells.forEach(
        (levels, cell) -> {
          if (levels.get(at).equals(level)) {
            those.add(levels, cell);
          }
        });
    return those.build();
  }

  /** The cells with the levels of one factor renamed; levels of equal new names are summed. */
  public CellTable relabel(String factor, UnaryOperator<String> newName) {
    int at = position(factor);
    Builder renamed = over(factors);
    cells.forEach(
        (levels, cell) ->
            renamed.add(
                IntStream.range(0, levels.size())
                    .mapToObj(i -> i == at ? newName.apply(levels.get(i)) : levels.get(i))
                    .toList(),
                cell));
    return renamed.build();
  }

  private int position(String factor) {
    int at = factors.indexOf(factor);
    if (at < 0) {
      throw new IllegalArgumentException("No factor %s among %s".formatted(factor, factors));
    }
    return at;
  }

  private static int compareLevels(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellTable that
        && factors.equals(that.factors)
        && cells.equals(that.cells);
  }

  @Override
  public int hashCode() {
    return 31 * factors.hashCode() + cells.hashCode();
  }

  @Override
  public String toString() {
    return "CellTable" + factors + cells;
  }
}
