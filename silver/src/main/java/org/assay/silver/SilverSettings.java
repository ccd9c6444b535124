package org.assay.silver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Section;
import org.assay.silver.conform.ExtractRules;

/**
 * What silver refines.
 *
 * @param extracts in alphabetical order, but one that another looks into comes before it
 * @param cohorts populations and the cohorts on them
 */
public record SilverSettings(List<ExtractRules> extracts, Cohorts cohorts) {
  public SilverSettings {
    extracts = List.copyOf(extracts);
  }

  /** Whether any extract names people, so that a key for their pseudonyms is needed. */
  public boolean hasIdentifiers() {
    return extracts.stream().anyMatch(ExtractRules::hasIdentifiers);
  }

  /** What another product's suites ask for and cannot be checked, in sentences. */
  public List<String> warnings() {
    return extracts.stream().flatMap(extract -> extract.suite().unsupported().stream()).toList();
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
    return new SilverSettings(inOrder(extracts, root), cohorts);
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
