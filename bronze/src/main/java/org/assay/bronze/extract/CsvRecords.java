package org.assay.bronze.extract;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The records of one CSV file (RFC 4180, UTF-8, a header; gzip by its name), as rows of its
 * columns, the record's number and what was rescued. A record that does not fit the header is never
 * bent to it: its columns are null and its text is rescued as it stood.
 */
final class CsvRecords implements Iterator<Row>, AutoCloseable {
  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};
  private static final String UNDECODABLE = "\uFFFD";
  private static final int MAX_COLUMNS = 10_000;

  private final CsvParser parser;
  private final Reader text;
  private final List<String> header;
  private String[] next;
  private long number;

  private CsvRecords(CsvParser parser, Reader text) {
    this.parser = parser;
    this.text = text;
    String[] first = parser.parseNext();
    this.header =
        first == null ? List.of() : Arrays.stream(first).map(n -> n == null ? "" : n).toList();
    this.next = parser.parseNext();
  }

  /** Opens a file; the caller closes it, or reads it to its end. */
  static CsvRecords open(String path, Configuration hadoop) {
    try {
      Reader text = new InputStreamReader(stream(new Path(path), hadoop), StandardCharsets.UTF_8);
      CsvParser parser = new CsvParser(settings());
      parser.beginParsing(text);
      return new CsvRecords(parser, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  private static CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
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

  private static InputStream stream(Path path, Configuration hadoop) throws IOException {
    InputStream raw = path.getFileSystem(hadoop).open(path);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    return withoutByteOrderMark(codec == null ? raw : codec.createInputStream(raw));
  }

  private static InputStream withoutByteOrderMark(InputStream in) throws IOException {
    PushbackInputStream text = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
    byte[] head = text.readNBytes(BYTE_ORDER_MARK.length);
    boolean marked = head.length == BYTE_ORDER_MARK.length;
    for (int i = 0; marked && i < head.length; i++) {
      marked = (head[i] & 0xFF) == BYTE_ORDER_MARK[i];
    }
    if (!marked) {
      text.unread(head);
    }
    return text;
  }

  /** The names in the first record; empty for an empty file. */
  List<String> header() {
    return header;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException("No record after " + number);
    }
    String[] record = next;
    number++;
    Row row = fits(record) ? row(record, null) : row(new String[header.size()], rescued(record));
    next = parser.parseNext();
    if (next == null) {
      close();
    }
    return row;
  }

  private boolean fits(String[] record) {
    return record.length == header.size()
        && Arrays.stream(record).noneMatch(field -> field != null && field.contains(UNDECODABLE));
  }

  private String rescued(String[] record) {
    String content = parser.getContext().currentParsedContent();
    return content == null ? String.join(",", Arrays.asList(record)) : content.stripTrailing();
  }

  private Row row(String[] fields, String rescued) {
    Object[] values = Arrays.copyOf(fields, fields.length + 2, Object[].class);
    values[fields.length] = number;
    values[fields.length + 1] = rescued;
    return RowFactory.create(values);
  }

  @Override
  public void close() {
    parser.stopParsing();
    try {
      text.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close a CSV file", e);
    }
  }
}
