package org.assay.bronze.landing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.assay.bronze.extract.BronzeColumns;
import org.assay.bronze.extract.Drift;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.Format;
import org.assay.bronze.extract.Head;
import org.assay.common.config.Lists;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.run.Sentences;

/** Refuses files that bronze cannot keep faithfully or that silver could not use. */
final class Door {
  private final Extract extract;
  private final BronzeColumns bronze;

  /**
   * @param bronze the columns that bronze has
   */
  Door(Extract extract, BronzeColumns bronze) {
    this.extract = extract;
    this.bronze = bronze;
  }

  /**
   * Why a file is refused; empty if it is let in.
   *
   * @param mayBeEmpty whether no rows say nothing about anybody: of a DELTA, or of one part of many
   */
  Optional<String> refusal(String name, Head head, boolean mayBeEmpty) {
    List<String> columns = head.names();
    if (columns.isEmpty() && extract.format() != Format.JSON) {
      return said("%s is empty: it has not even a header. Ask for the file again.", name);
    }
    Optional<String> unfit =
        header(name, columns)
            .or(() -> declaredTwice(name, columns))
            .or(() -> missing(name, head))
            .or(() -> nested(name, head))
            .or(() -> unexpected(name, head))
            .or(() -> changed(name, head));
    return mayBeEmpty ? unfit : unfit.or(() -> nobody(name, head));
  }

  /** That a file without rows says that there is nobody, unless it may. */
  Optional<String> nobody(String name, Head head) {
    if (head.hasRows() || extract.allowEmpty()) {
      return Optional.empty();
    }
    return said(
        "EMPTY_DELIVERY: %s has %s and no rows: it says that there is nobody. Ask for the file again, or set extracts.%s.allow_empty = true if that may be.",
        name, extract.format() == Format.JSON ? "no object" : "a header", extract.name());
  }

  private Optional<String> header(String name, List<String> columns) {
    if (columns.stream().anyMatch(c -> c.contains("\0") || c.matches("(?s).*\\\\x[0-9A-F]{2}.*"))) {
      return said(
          "%s is not in %s: its header cannot be read. Ask for it in %2$s, or set extracts.%s.csv.encoding.",
          name, extract.dialect().encoding(), extract.name());
    }
    boolean isOne = columns.size() == 1 && extract.sourceColumns().size() > 1;
    if (extract.format() == Format.CSV && isOne && columns.get(0).matches("(?s).*[,;\t|].*")) {
      return said(
          "%s has one column: its values are not separated by %s. Ask for %2$s, or set extracts.%s.csv.delimiter.",
          name, extract.dialect().delimiterInWords(), extract.name());
    }
    return Optional.empty();
  }

  private Optional<String> declaredTwice(String name, List<String> columns) {
    List<String> repeated =
        Lists.repeated(columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList()).stream()
            .filter(extract::declares)
            .toList();
    return repeated.isEmpty()
        ? Optional.empty()
        : said(
            "%s names %s more than once (small and capital letters are the same). Name each column once upstream.",
            name, Sentences.list(repeated));
  }

  private Optional<String> missing(String name, Head head) {
    if (extract.format() == Format.JSON && head.names().isEmpty()) {
      return Optional.empty(); // only objects have columns
    }
    List<String> columns = head.columnNames();
    List<String> declared = extract.sourceColumns();
    List<String> missing =
        declared.stream().filter(d -> columns.stream().noneMatch(d::equalsIgnoreCase)).toList();
    if (declared.size() > 1 && missing.size() == declared.size()) {
      return said(
          "%s has none of the declared columns (%s): its header may be missing. Ask for the file with"
              + " its header.",
          name, String.join(", ", declared));
    }
    if (missing.isEmpty() || extract.drift().onMissingColumn() == Drift.OnMissingColumn.NULL) {
      return Optional.empty();
    }
    return said(
        "%s has no column \"%s\". It has: %s (%s). Map it in extracts.%s.columns, or ask for"
            + " the file again.",
        name,
        missing.get(0),
        String.join(", ", shown(columns)),
        Sentences.count(columns.size(), "column", "columns"),
        extract.name());
  }

  private Optional<String> nested(String name, Head head) {
    return head.nested().entrySet().stream()
        .filter(column -> extract.declares(column.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .findFirst()
        .flatMap(
            column ->
                said(
                    "%s has \"%s\" as %s. Columns that are declared must be texts, numbers, dates or truth"
                        + " values; flatten it upstream.",
                    name, column.getKey(), column.getValue()));
  }

  private Optional<String> unexpected(String name, Head head) {
    if (extract.drift().onNewColumn() != Drift.OnNewColumn.REFUSE) {
      return Optional.empty();
    }
    List<String> more =
        head.columnNames().stream().filter(column -> !extract.declares(column)).toList();
    return more.isEmpty()
        ? Optional.empty()
        : said(
            "%s has %s that extracts.%s.columns does not declare (%s), and on_new_column = refuse. Declare them, or ask for the file without.",
            name,
            more.size() == 1 ? "a column" : "columns",
            extract.name(),
            String.join(", ", shown(more)));
  }

  private Optional<String> changed(String name, Head head) {
    if (extract.drift().onChangedType() != Drift.OnChangedType.REFUSE
        || extract.format() != Format.PARQUET) {
      return Optional.empty();
    }
    for (SourceColumn column : head.columns()) {
      DataType type = DataType.fromDDL(column.type());
      Optional<DataType> before = bronze.type(column.name()).filter(t -> !t.sameType(type));
      if (before.isPresent()) {
        return said(
            "%s has \"%s\" as %s, and earlier deliveries had it as %s. Ask for the file with the earlier type.",
            name, column.name(), type.catalogString(), before.get().catalogString());
      }
    }
    return Optional.empty();
  }

  /** Names that may be printed: of an extract that names people, only those that it declares. */
  private List<String> shown(List<String> names) {
    List<String> shown =
        new ArrayList<>(
            names.stream().filter(n -> !extract.namesPeople() || extract.declares(n)).toList());
    if (shown.size() < names.size()) {
      shown.add(
          Sentences.count(names.size() - shown.size(), "other that is", "others that are")
              + " not declared");
    }
    return shown;
  }

  private static Optional<String> said(String sentence, Object... values) {
    return Optional.of(Sentences.format(sentence, values));
  }
}
