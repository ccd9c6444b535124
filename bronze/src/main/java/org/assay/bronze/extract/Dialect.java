package org.assay.bronze.extract;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import org.assay.common.config.Section;

/**
 * How a CSV file is written.
 *
 * @param delimiter stands between fields
 * @param quote stands around a field; U+FFFF, which no text has, where there is none
 * @param escape stands before a quote inside a quoted field
 * @param encoding the name of the character set
 * @param header whether the first record names the columns
 */
public record Dialect(char delimiter, char quote, char escape, String encoding, boolean header)
    implements Serializable {
  /** Where no character is a quote. */
  static final char NO_QUOTE = '\uFFFF';

  /** RFC 4180 in UTF-8 with a header. */
  public static final Dialect STANDARD = new Dialect(',', '"', '"', "UTF-8", true);

  public Dialect {
    requireNonNull(encoding, "encoding is null");
    if (delimiter == quote || delimiter == escape) {
      throw new IllegalArgumentException("delimiter, quote and escape must be different.");
    }
  }

  /** The character set. */
  Charset charset() {
    return Charset.forName(encoding);
  }

  /** The delimiter in words. */
  public String delimiterInWords() {
    return switch (delimiter) {
      case ',' -> "commas";
      case ';' -> "semicolons";
      case '\t' -> "tabs";
      case '|' -> "bars (|)";
      default -> "\"" + delimiter + "\"";
    };
  }

  /** Reads the block {@code csv} of an extract, which may be missing. */
  static Optional<Dialect> from(Optional<Section> csv) {
    return csv.isEmpty() ? Optional.of(STANDARD) : read(csv.get());
  }

  private static Optional<Dialect> read(Section csv) {
    char delimiter = character(csv, "delimiter", STANDARD.delimiter());
    char quote =
        csv.optionalText("quote").filter(String::isEmpty).isPresent()
            ? NO_QUOTE
            : character(csv, "quote", STANDARD.quote());
    char escape = character(csv, "escape", quote);
    String encoding = csv.text("encoding", STANDARD.encoding());
    if (!isCharset(encoding)) {
      csv.problem(
          "encoding",
          "\"%s\" is no character set; common ones are UTF-8, windows-1252 and ISO-8859-1."
              .formatted(encoding));
    }
    boolean header = csv.flag("header", STANDARD.header());
    return csv.build(() -> new Dialect(delimiter, quote, escape, encoding, header));
  }

  private static char character(Section csv, String key, char otherwise) {
    String text = csv.text(key, String.valueOf(otherwise));
    if (text.length() != 1 || "\r\n".contains(text)) {
      csv.problem(key, "\"%s\" is not one character, such as \",\" or \"\\t\".".formatted(text));
      return otherwise;
    }
    return text.charAt(0);
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return false; // told as a problem of the configuration
    }
  }
}
