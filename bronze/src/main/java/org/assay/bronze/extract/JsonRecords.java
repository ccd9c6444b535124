package org.assay.bronze.extract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of a file with one JSON object to a line. Values are texts as they are written; what
 * is nested is kept as JSON. A line that is no object is malformed.
 */
final class JsonRecords extends TextRecords {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Lines lines;
  private final String encoding;
  private final List<String> columns;

  /**
   * @param columns the keys that make a row; {@link #keys} finds them
   */
  JsonRecords(Reader text, String encoding, List<String> columns) {
    this.lines = new Lines(text);
    this.encoding = encoding;
    this.columns = List.copyOf(columns);
  }

  /** All keys of a file's objects, in the order in which they first appear. Reads all of it. */
  static List<String> keys(Reader text) {
    try (Lines lines = new Lines(text)) {
      Set<String> keys = new LinkedHashSet<>();
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank() && !EscapingReader.isUndecodable(line)) {
          keys.addAll(keysOf(line));
        }
      }
      return new ArrayList<>(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> keysOf(String line) throws IOException {
    try {
      return object(line).keySet();
    } catch (JsonProcessingException e) {
      return Set.of(); // a malformed line, which becomes a malformed row
    }
  }

  /** The values of an object as texts. */
  private static Map<String, String> object(String line) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser parser = JSON.getFactory().createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new NoObjectException(parser);
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        values.put(
            key,
            switch (value) {
              case VALUE_NULL -> null;
              case START_OBJECT, START_ARRAY -> JSON.writeValueAsString(JSON.readTree(parser));
              default -> parser.getText();
            });
      }
      if (parser.nextToken() != null) {
        throw new NoObjectException(parser);
      }
    }
    return values;
  }

  private static final class NoObjectException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NoObjectException(JsonParser at) {
      super("not one object", at.currentLocation());
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  SourceRecord read() {
    String text = line();
    if (text == null) {
      return null;
    }
    if (EscapingReader.isUndecodable(text)) {
      return SourceRecord.malformed(columns.size(), "bytes are not " + encoding, text);
    }
    try {
      Map<String, String> object = object(text);
      return SourceRecord.of(columns.stream().map(object::get).toArray(String[]::new));
    } catch (JsonProcessingException e) {
      return SourceRecord.malformed(columns.size(), "not one JSON object", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() {
    try {
      String line = lines.next();
      while (line != null && line.isBlank()) {
        line = lines.next();
      }
      return line == null ? null : Lines.content(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
