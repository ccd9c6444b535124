package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;
import org.assay.common.contract.SilverContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.common.table.TableName;

/**
 * Who or what is counted.
 *
 * @param name names its tables
 * @param sql one query over the extracts; a row is a person, or a count of people
 * @param count the column that says how many a row counts; empty where a row is one person
 * @param requires through which date of a period each of these extracts must have come
 * @param unit the columns that name what a row stands for; each must come back exactly once; empty
 *     where nothing does
 * @param person the column that names the person, and what becomes of a person's further rows
 * @param exclusions rows left out, in the order in which they are tried
 * @param region the column that holds the region's code, and which regions there are
 * @param factors the columns that outcomes are compared by
 */
public record Population(
    String name,
    String sql,
    Optional<String> count,
    Map<String, PeriodDate> requires,
    List<String> unit,
    Optional<Person> person,
    List<Exclusion> exclusions,
    RegionColumn region,
    List<Factor> factors) {
  /** The columns that every table of cells has beside the factors. */
  private static final List<String> RESERVED =
      SilverContract.CELLS.columns().stream().map(ContractColumn::name).toList();

  private static final List<String> FLOW_STEPS =
      List.of("population", "counted", "count not known", Person.ONE_PER_PERSON);

  public Population {
    requireNonNull(sql, "sql is null");
    requires = Collections.unmodifiableMap(new TreeMap<>(requires));
    unit = List.copyOf(unit);
    exclusions = List.copyOf(exclusions);
    factors = List.copyOf(factors);
    if (!TableName.isValid(name)) {
      throw new IllegalArgumentException(
          "a population's name names tables: use lower-case letters, digits and _.");
    }
    if (factors.isEmpty()) {
      throw new IllegalArgumentException("factors is empty; at least one is needed.");
    }
    for (Factor factor : factors) {
      if (!TableName.isValid(factor.name()) || RESERVED.contains(factor.name())) {
        throw new IllegalArgumentException(
            "\"%s\" cannot name a factor: use lower-case letters, digits and _, and none of %s."
                .formatted(factor.name(), String.join(", ", RESERVED)));
      }
    }
    refuseRepeated("factors", factors.stream().map(Factor::name).toList());
    List<String> steps = new ArrayList<>(exclusions.stream().map(Exclusion::name).toList());
    refuseRepeated("exclude", steps);
    if (steps.stream().anyMatch(FLOW_STEPS::contains)) {
      throw new IllegalArgumentException(
          "exclude may not use the names %s, which the flow has for itself."
              .formatted(String.join(", ", FLOW_STEPS)));
    }
    if (count.isPresent() && person.isPresent()) {
      throw new IllegalArgumentException(
          "count and person exclude each other: a row is either a count or one person's.");
    }
  }

  private static void refuseRepeated(String key, List<String> names) {
    if (!Lists.repeated(names).isEmpty()) {
      throw new IllegalArgumentException(
          "%s names %s more than once.".formatted(key, String.join(", ", Lists.repeated(names))));
    }
  }

  /** The same with its SQL written otherwise. */
  public Population with(UnaryOperator<String> writing) {
    return new Population(
        name,
        writing.apply(sql),
        count,
        requires,
        unit,
        person,
        exclusions.stream().map(e -> new Exclusion(e.name(), writing.apply(e.when()))).toList(),
        region,
        factors);
  }

  /** Names of what leaves the flow between population and counted, in order. */
  public List<String> exclusionNames() {
    List<String> names = new ArrayList<>(exclusions.stream().map(Exclusion::name).toList());
    if (person.filter(Person::firstRowOnly).isPresent()) {
      names.add(Person.ONE_PER_PERSON);
    }
    return names;
  }

  /** Names of the factors, in order. */
  public List<String> factorNames() {
    return factors.stream().map(Factor::name).toList();
  }

  /** A factor by its name; it must exist. */
  public Factor factor(String factorName) {
    return factors.stream()
        .filter(factor -> factor.name().equals(factorName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No factor " + factorName + " in " + name));
  }

  /**
   * Reads {@code populations.<name>}; what is wrong is recorded in the section.
   *
   * @param extracts names of all extracts
   */
  public static Optional<Population> from(Section section, Collection<String> extracts) {
    String sql = sql(section);
    Optional<String> count = section.optionalText("count");
    Map<String, PeriodDate> requires = requires(section, extracts);
    List<String> unit = section.texts("unit");
    Optional<Person> person = Person.from(section);
    List<Optional<Exclusion>> exclusions =
        section.list("exclude").stream().map(Population::exclusion).toList();
    Optional<RegionColumn> region = RegionColumn.from(section.section("region"), extracts);
    List<Optional<Factor>> factors = section.list("factors").stream().map(Factor::from).toList();
    return section.build(
        () ->
            new Population(
                section.name(),
                sql,
                count,
                requires,
                unit,
                person,
                exclusions.stream().map(Optional::orElseThrow).toList(),
                region.orElseThrow(),
                factors.stream().map(Optional::orElseThrow).toList()));
  }

  private static Map<String, PeriodDate> requires(Section section, Collection<String> extracts) {
    Map<String, PeriodDate> requires = new TreeMap<>();
    section
        .optionalSection("requires")
        .ifPresent(
            block -> {
              for (String extract : extracts) {
                if (block.has(extract)) {
                  requires.put(extract, block.choice(extract, PeriodDate.class));
                }
              }
            });
    return requires;
  }

  private static Optional<Exclusion> exclusion(Section entry) {
    String name = entry.text("name");
    String when = entry.text("when");
    return entry.build(() -> new Exclusion(name, when));
  }

  private static String sql(Section section) {
    if (section.has("sql") == section.has("sql_file")) {
      section.problem("sql", "exactly one of sql and sql_file is needed.");
      return "";
    }
    if (section.has("sql")) {
      return section.text("sql");
    }
    String file = section.location("sql_file");
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      section.problem("sql_file", "\"%s\" cannot be read.".formatted(file));
      return "";
    }
  }
}
