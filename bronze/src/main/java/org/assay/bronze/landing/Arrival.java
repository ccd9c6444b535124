package org.assay.bronze.landing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.ExtractReader.Peek;
import org.assay.common.config.Lists;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.Delivery.SourceFile;
import org.assay.common.delivery.Load;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Sentences;

/**
 * A file in landing that is not in bronze yet.
 *
 * @param id the identity of the delivery it will be
 * @param file the file
 * @param content its SHA-256
 * @param head its columns, and whether it has rows
 * @param rival another file for the same extract and date, if there is one
 */
public record Arrival(
    String id, SourceFile file, String content, Peek head, Optional<SourceFile> rival) {
  private static final Pattern RESERVED = Pattern.compile("[ ,;{}()\\n\\t=]");

  /** The columns, as the file names them. */
  public List<String> columns() {
    return head.columns();
  }

  /**
   * Refuses what bronze cannot keep faithfully or silver could not use.
   *
   * @throws DataRefusedException with what was found and what to do
   */
  public void refuseIfUnfit(Extract extract) {
    String name = new Path(file.path()).getName();
    if (columns().isEmpty()) {
      throw refused("%s is empty: it has not even a header. Ask for the file again.", name);
    }
    refuseColumns(extract, name);
    if (!head.hasRows()) {
      throw refused("%s has a header and no rows. Ask for the file again.", name);
    }
    if (extract.load() == Load.FULL && rival.isPresent()) {
      throw refused(
          "%s and %s are both the full %s of %s, with different content, and nothing says which is"
              + " right. Give one of them another extract_date, or remove it from landing.",
          new Path(rival.get().path()).getName(), name, extract.name(), extract.extractDate());
    }
  }

  private void refuseColumns(Extract extract, String name) {
    if (columns().stream().anyMatch(c -> c.contains("\0") || c.contains("\uFFFD"))) {
      throw refused("%s is not in UTF-8: its header cannot be read. Ask for it in UTF-8.", name);
    }
    if (columns().size() == 1 && columns().get(0).matches(".*[;\t|].*")) {
      throw refused(
          "%s has one column: its values are not separated by commas. Ask for commas.", name);
    }
    List<String> blank = columns().stream().filter(String::isBlank).toList();
    if (!blank.isEmpty()) {
      throw refused("%s has a column without a name. Name it upstream.", name);
    }
    List<String> provenance = List.of(BronzeContract.EXTRACT.schema().fieldNames());
    List<String> ours =
        columns().stream().filter(c -> provenance.contains(c.toLowerCase(Locale.ROOT))).toList();
    if (!ours.isEmpty()) {
      throw refused(
          "%s has columns with names that bronze keeps for itself: %s. Rename them upstream.",
          name, Sentences.list(ours));
    }
    List<String> repeated =
        Lists.repeated(columns().stream().map(c -> c.toLowerCase(Locale.ROOT)).toList());
    if (!repeated.isEmpty()) {
      throw refused(
          "%s names %s more than once (small and capital letters are the same). Name each column once"
              + " upstream.",
          name, Sentences.list(shown(repeated, extract)));
    }
    List<String> reserved = columns().stream().filter(c -> RESERVED.matcher(c).find()).toList();
    if (!reserved.isEmpty()) {
      throw refused(
          "%s has columns whose names no table can have: %s. Rename them upstream; blanks and"
              + " ,;{}()= are not allowed.",
          name, Sentences.list(shown(reserved, extract)));
    }
    List<String> declared = extract.sourceColumns();
    if (declared.size() > 1 && declared.stream().noneMatch(columns()::contains)) {
      throw refused(
          "%s has none of the declared columns (%s): its header may be missing. Ask for the file with"
              + " its header.",
          name, String.join(", ", declared));
    }
    for (String wanted : declared) {
      if (!columns().contains(wanted)) {
        throw refused(
            "%s has no column \"%s\". It has: %s (%s). Map it in extracts.%s.columns, or ask for"
                + " the file again.",
            name,
            wanted,
            String.join(", ", shown(columns(), extract)),
            Sentences.count(columns().size(), "column", "columns"),
            extract.name());
      }
      if (head.nested().containsKey(wanted)) {
        throw refused(
            "%s has \"%s\" as %s. Columns that are declared must be texts, numbers, dates or truth"
                + " values; flatten it upstream.",
            name, wanted, head.nested().get(wanted));
      }
    }
  }

  /** Names that may be printed: of an extract that names people, only those that it declares. */
  private static List<String> shown(List<String> names, Extract extract) {
    List<String> declared = extract.sourceColumns();
    List<String> shown =
        new ArrayList<>(
            names.stream().filter(n -> !extract.namesPeople() || declared.contains(n)).toList());
    if (shown.size() < names.size()) {
      shown.add(
          Sentences.count(names.size() - shown.size(), "other that is", "others that are")
              + " not declared");
    }
    return shown;
  }

  private static DataRefusedException refused(String sentence, Object... values) {
    return new DataRefusedException(Sentences.format(sentence, values));
  }
}
