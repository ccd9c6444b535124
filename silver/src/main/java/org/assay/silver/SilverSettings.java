package org.assay.silver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Population;
import org.assay.common.config.Section;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.RowLabel;
import org.assay.silver.cohort.Sources;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.history.Dimension;

/**
 * What silver refines.
 *
 * @param extracts in alphabetical order, but one that another looks into comes before it
 * @param dimensions in alphabetical order
 * @param cohorts populations and the cohorts on them
 */
public record SilverSettings(
    List<ExtractRules> extracts, List<Dimension> dimensions, Cohorts cohorts) {
  public SilverSettings {
    extracts = List.copyOf(extracts);
    dimensions = List.copyOf(dimensions);
  }

  /** What the SQL of populations may read. */
  public Sources sources() {
    return new Sources(extracts, dimensions);
  }

  /** Whether any extract names people, so that a key for their pseudonyms is needed. */
  public boolean hasIdentifiers() {
    return extracts.stream().anyMatch(ExtractRules::hasIdentifiers);
  }

  /** What another product's suites ask for and cannot be checked, in sentences. */
  public List<String> warnings() {
    return extracts.stream().flatMap(extract -> extract.suite().unsupported().stream()).toList();
  }

  /** Whether the queries of two populations read rows of the same extract, as such or in time. */
  public boolean readTheSame(Population one, Population other) {
    return read(one).stream().anyMatch(read(other)::contains);
  }

  private Set<String> read(Population population) {
    Sources read = sources().of(population);
    return Stream.concat(
            read.extracts().stream().map(ExtractRules::name),
            read.dimensions().stream().map(Dimension::from))
        .collect(Collectors.toSet());
  }

  /** What is expected of each extract, in the order of the extracts. */
  public List<ExpectationSuite> rules() {
    return extracts.stream().map(ExtractRules::suite).toList();
  }

  /** The names of the extracts. */
  public List<String> extractNames() {
    return extracts.stream().map(ExtractRules::name).toList();
  }

  /** An extract's rules by its name. */
  public ExtractRules extract(String name) {
    return extracts.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  /** Reads {@code extracts}; what is wrong is recorded in the sections. */
  public static SilverSettings from(Section root, Cohorts cohorts) {
    List<String> nullTokens = root.texts("null_tokens");
    Map<String, Section> sections = root.sections("extracts");
    Map<String, List<String>> columns = new TreeMap<>();
    sections.forEach(
        (name, section) ->
            columns.put(
                name, section.list("columns").stream().map(c -> c.text("name", "")).toList()));
    List<ExtractRules> extracts =
        sections.values().stream()
            .map(section -> ExtractRules.from(section, nullTokens, columns))
            .flatMap(Optional::stream)
            .toList();
    List<ExtractRules> ordered = inOrder(extracts, root);
    ordered.forEach(extract -> checkSets(extract, ordered, sections.get(extract.name())));
    List<Dimension> dimensions = dimensions(root, sections.keySet(), ordered, cohorts);
    return new SilverSettings(
        ordered.stream().map(e -> withKeys(e, dimensions)).toList(), dimensions, cohorts);
  }

  /** Values of different kinds are never equal, and every row would be held. */
  private static void checkSets(ExtractRules extract, List<ExtractRules> all, Section section) {
    extract.suite().labels().stream()
        .filter(RowLabel.Known.class::isInstance)
        .map(RowLabel.Known.class::cast)
        .forEach(
            known -> {
              Optional<DeclaredColumn> own = column(extract, known.of());
              all.stream()
                  .filter(other -> other.name().equals(known.extract()))
                  .flatMap(other -> column(other, known.from()).stream())
                  .filter(set -> own.filter(column -> !isOfAKind(column, set)).isPresent())
                  .forEach(
                      set ->
                          section.problem(
                              "expectations",
                              "%s is %s and %s.%s is %s; values are looked up only in a column of the same type, or identifier of the same domain."
                                  .formatted(
                                      known.of(),
                                      kind(own.get()),
                                      known.extract(),
                                      set.name(),
                                      kind(set))));
            });
  }

  private static Optional<DeclaredColumn> column(ExtractRules extract, String name) {
    return extract.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private static boolean isOfAKind(DeclaredColumn a, DeclaredColumn b) {
    return a.type() == b.type() && a.pseudonymise().equals(b.pseudonymise());
  }

  private static String kind(DeclaredColumn column) {
    return column.pseudonymise().isPresent() ? "an identifier" : column.type().sql();
  }

  private static List<Dimension> dimensions(
      Section root, Set<String> declared, List<ExtractRules> extracts, Cohorts cohorts) {
    List<Dimension> dimensions = new ArrayList<>();
    Set<String> taken = new TreeSet<>(declared);
    for (Population population : cohorts.populations()) {
      List.of("_flow", "_cells", "_readiness").forEach(end -> taken.add(population.name() + end));
    }
    root.sections("dimensions")
        .forEach(
            (name, section) -> {
              if (taken.contains(name)) {
                root.problem(
                    "dimensions." + name,
                    "has the name of another table of silver; give it a name of its own.");
              }
              Dimension.from(section, declared, extracts).ifPresent(dimensions::add);
            });
    return dimensions;
  }

  /** Held rows keep which member they are about, since a member that is held is there. */
  private static ExtractRules withKeys(ExtractRules extract, List<Dimension> dimensions) {
    Map<String, List<String>> keys = new TreeMap<>();
    dimensions.stream()
        .filter(dimension -> dimension.from().equals(extract.name()))
        .forEach(dimension -> keys.put(dimension.name(), dimension.key()));
    return extract.withDimensions(keys);
  }

  /** An extract that another looks into comes before it. */
  private static List<ExtractRules> inOrder(List<ExtractRules> extracts, Section root) {
    List<ExtractRules> ordered = new ArrayList<>();
    List<ExtractRules> left = new ArrayList<>(extracts);
    while (!left.isEmpty()) {
      List<String> waiting = left.stream().map(ExtractRules::name).toList();
      List<ExtractRules> next =
          left.stream()
              .filter(e -> e.suite().references().stream().noneMatch(waiting::contains))
              .toList();
      if (next.isEmpty()) {
        root.problem(
            "extracts",
            "%s take their sets of values from each other, so none can be judged first."
                .formatted(String.join(", ", waiting)));
        return extracts;
      }
      ordered.addAll(next);
      left.removeAll(next);
    }
    return ordered;
  }
}
