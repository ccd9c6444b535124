package org.assay.bronze.extract;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assay.common.run.Sentences;

/**
 * The records of one CSV file. Where a record ends is decided here, by its quotes; what its fields
 * are is univocity's to say. A record that does not fit is never bent: it keeps its text, and a
 * quote that is never closed costs its own line and not the rest of the file.
 */
final class CsvRecords extends TextRecords {
  /** A quoted field that is longer than this is a quote that somebody forgot. */
  private static final int LONGEST_RECORD = 1 << 20;

  /** Univocity would take its own "none", which is NUL, for one that stands in the text. */
  private static final char NO_CHARACTER = '\uFFFE';

  private static final int MAX_COLUMNS = 10_000;

  private final Lines lines;
  private final Dialect dialect;
  private final Quoting quoting;
  private final CsvParser parser;
  private final List<String> columns;

  /**
   * @param declared the columns of a file without a header, in order
   */
  CsvRecords(Reader text, Dialect dialect, List<String> declared) {
    this.lines = new Lines(text);
    this.dialect = dialect;
    this.quoting = new Quoting(dialect);
    this.parser = new CsvParser(settings(dialect));
    this.columns = dialect.header() ? header() : List.copyOf(declared);
  }

  private static CsvParserSettings settings(Dialect dialect) {
    CsvParserSettings settings = new CsvParserSettings();
    CsvFormat format = settings.getFormat();
    format.setDelimiter(dialect.delimiter());
    format.setQuote(dialect.quote());
    format.setQuoteEscape(dialect.escape());
    format.setCharToEscapeQuoteEscaping(
        dialect.escape() == dialect.quote() ? NO_CHARACTER : dialect.escape());
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setNullValue(null);
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setCommentProcessingEnabled(false);
    settings.setErrorContentLength(0); // a message must not quote the rows
    return settings;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  private List<String> header() {
    Assembled first = assemble();
    String[] names = first == null ? null : names(first.text());
    return names == null
        ? List.of()
        : Arrays.stream(names)
            .map(name -> name == null ? "" : EscapingReader.readable(name))
            .toList();
  }

  private String[] names(String header) {
    try {
      return parser.parseLine(header);
    } catch (TextParsingException e) {
      throw new UncheckedIOException(
          new Lines.UnreadableTextException(
              Sentences.format("its header has more than %,d columns", MAX_COLUMNS)));
    }
  }

  /** A record's text without its line end, and what is wrong with its quotes, if anything. */
  private record Assembled(String text, String malformed) {}

  /** The next record that is not a blank line; null after the last. */
  private Assembled assemble() {
    try {
      String line = lines.next();
      while (line != null && Lines.content(line).isEmpty()) {
        line = lines.next();
      }
      return line == null ? null : assemble(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Assembled assemble(String first) throws IOException {
    Quoting.State state = quoting.after(first, false);
    if (state == Quoting.State.CLOSED) {
      return new Assembled(Lines.content(first), null);
    }
    StringBuilder record = new StringBuilder(first);
    List<String> more = new ArrayList<>();
    while (state == Quoting.State.OPEN && record.length() < LONGEST_RECORD) {
      String line = lines.next();
      if (line == null) {
        break;
      }
      more.add(line);
      record.append(line);
      state = quoting.after(line, true);
    }
    if (state == Quoting.State.CLOSED) {
      return new Assembled(Lines.content(record.toString()), null);
    }
    lines.pushBack(more);
    return new Assembled(
        Lines.content(first),
        state == Quoting.State.OPEN
            ? "a quote is not closed"
            : "something follows a closing quote");
  }

  @Override
  SourceRecord read() {
    Assembled record = columns.isEmpty() ? null : assemble();
    if (record == null) {
      return null;
    }
    if (record.malformed() != null) {
      return SourceRecord.malformed(columns.size(), record.malformed(), record.text());
    }
    if (EscapingReader.isUndecodable(record.text())) {
      return SourceRecord.malformed(
          columns.size(), "bytes are not " + dialect.encoding(), record.text());
    }
    String[] fields;
    try {
      fields = parser.parseLine(record.text());
    } catch (TextParsingException e) {
      return SourceRecord.malformed(
          columns.size(), Sentences.format("more than %,d fields", MAX_COLUMNS), record.text());
    }
    if (fields == null) {
      fields = new String[1]; // a line of nothing but blanks
    }
    return fields.length == columns.size()
        ? SourceRecord.of(fields)
        : SourceRecord.malformed(
            columns.size(),
            Sentences.format(
                "%s, not %d", Sentences.count(fields.length, "field", "fields"), columns.size()),
            record.text());
  }

  @Override
  public void close() throws IOException {
    parser.stopParsing();
    lines.close();
  }
}
