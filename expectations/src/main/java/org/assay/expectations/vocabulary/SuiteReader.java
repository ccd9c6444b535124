package org.assay.expectations.vocabulary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.assay.common.config.Section;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.Rule;
import org.assay.expectations.Rule.OnFail;
import org.assay.expectations.Rule.Shares;

/**
 * Reads the expectations of an extract; names and arguments are those of Great Expectations. A
 * suite that Great Expectations wrote is read as it is.
 */
public final class SuiteReader {
  /** What Great Expectations writes beside the arguments, and what says nothing about the data. */
  private static final List<String> PASSED_OVER =
      List.of("result_format", "catch_exceptions", "include_config", "batch_id", "auto", "meta");

  private final Map<String, ColumnType> types;
  private final Map<String, List<String>> extracts;
  private final List<Rule> rules = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> unsupported = new ArrayList<>();

  /**
   * @param types declared type by column
   * @param extracts the columns of every extract, for sets that are another extract's column
   */
  public SuiteReader(Map<String, ColumnType> types, Map<String, List<String>> extracts) {
    this.types = Map.copyOf(types);
    this.extracts = Map.copyOf(extracts);
  }

  /**
   * Reads {@code expectations} and {@code expectation_suite} of an extract; problems are recorded
   * in the section.
   */
  public ExpectationSuite read(Section extract) {
    for (Section entry : extract.list("expectations")) {
      own(entry).ifPresent(rule -> add(rule, entry));
    }
    OnFail onFail = extract.choice("expectation_suite_on_fail", OnFail.class, OnFail.WARN);
    extract
        .file("expectation_suite")
        .ifPresent(
            suite ->
                suite
                    .list("expectations")
                    .forEach(entry -> foreign(entry, onFail).ifPresent(rule -> add(rule, entry))));
    return new ExpectationSuite(rules, types, unsupported);
  }

  private void add(Rule rule, Section entry) {
    if (!ids.add(rule.id())) {
      entry.problem("id", "\"%s\" is declared twice; give one of them an id.".formatted(rule.id()));
    }
    rules.add(rule);
  }

  private Optional<Rule> own(Section entry) {
    String name = entry.reference("expect", Vocabulary.names());
    Optional<Word> word = Vocabulary.word(name);
    if (word.isEmpty()) {
      entry.acceptTheRest();
    }
    OnFail onFail = entry.choice("on_fail", OnFail.class);
    Optional<String> id = entry.optionalText("id");
    Optional<String> notes = entry.optionalText("notes");
    return word.flatMap(w -> rule(w, entry, entry, id, onFail, notes));
  }

  /** An entry of a suite of Great Expectations, whose arguments are a block of their own. */
  private Optional<Rule> foreign(Section entry, OnFail onFail) {
    String name = entry.optionalText("expectation_type").orElseGet(() -> entry.text("type"));
    Optional<Word> word = Vocabulary.word(name);
    if (word.isEmpty()) {
      unsupported.add(
          "%s: %s is not supported, so it is not checked.".formatted(entry.place(), name));
      return Optional.empty();
    }
    Section arguments = entry.section("kwargs");
    if (word.get().about() == Word.About.TABLE && arguments.has("row_condition")) {
      unsupported.add(
          "%s: %s with a row_condition is not supported, so it is not checked."
              .formatted(entry.place(), name));
      return Optional.empty();
    }
    Optional<String> parser = arguments.optionalText("condition_parser");
    if (arguments.has("row_condition") && parser.filter("spark"::equals).isEmpty()) {
      unsupported.add(
          "%s: row_condition is not in Spark SQL, so %s is not checked."
              .formatted(entry.place(), name));
      return Optional.empty();
    }
    PASSED_OVER.forEach(arguments::has);
    Optional<String> id = entry.optionalText("id");
    Optional<String> notes =
        entry
            .optionalSection("meta")
            .flatMap(meta -> notes(meta))
            .or(() -> Optional.of(String.join(" ", entry.textOrTexts("notes"))))
            .filter(text -> !text.isBlank());
    boolean cannotBeHeld = onFail == OnFail.QUARANTINE && word.get().about() != Word.About.ROWS;
    Optional<Rule> rule =
        rule(word.get(), entry, arguments, id, cannotBeHeld ? OnFail.REFUSE : onFail, notes);
    arguments.refuseUnknown();
    return id.isPresent() ? rule : rule.map(this::withOwnId);
  }

  /** Two rules of a suite may differ in their arguments alone. */
  private Rule withOwnId(Rule rule) {
    return ids.contains(rule.id())
        ? new Rule(
            rule.id() + "." + rule.fingerprint().substring(0, 6),
            rule.expectation(),
            rule.onFail(),
            rule.shares(),
            rule.notes())
        : rule;
  }

  /** Great Expectations writes notes as a text, or as a block with their format. */
  private static Optional<String> notes(Section meta) {
    if (!meta.has("notes")) {
      return Optional.empty();
    }
    return meta.isBlock("notes")
        ? meta.optionalSection("notes").map(notes -> String.join(" ", notes.textOrTexts("content")))
        : Optional.of(String.join(" ", meta.textOrTexts("notes")));
  }

  private Optional<Rule> rule(
      Word word,
      Section entry,
      Section arguments,
      Optional<String> id,
      OnFail onFail,
      Optional<String> notes) {
    Expectation expectation =
        word.reader().apply(new Arguments(word.name(), arguments, types, extracts));
    boolean aboutRows = expectation instanceof Expectation.OfRow;
    double mostly = aboutRows ? arguments.decimal("mostly", 1.0) : 1.0;
    OptionalDouble warnAt = aboutRows ? share(entry, "warn_at") : OptionalDouble.empty();
    OptionalDouble refuseAt = aboutRows ? share(entry, "refuse_at") : OptionalDouble.empty();
    return entry.build(
        () ->
            new Rule(
                id.orElseGet(() -> Rule.idOf(expectation)),
                expectation,
                onFail,
                new Shares(mostly, warnAt, refuseAt),
                notes));
  }

  private static OptionalDouble share(Section entry, String key) {
    return entry.has(key) ? OptionalDouble.of(entry.decimal(key, 0)) : OptionalDouble.empty();
  }
}
