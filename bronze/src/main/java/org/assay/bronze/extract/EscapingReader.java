package org.assay.bronze.extract;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.regex.Pattern;

/**
 * Decodes text without losing what does not decode: each such byte becomes one character that no
 * text has, a lone low surrogate (U+DC00 plus the byte; the way of Python's {@code
 * surrogateescape}, PEP 383). A byte order mark at the beginning is no text.
 */
final class EscapingReader extends Reader {
  private static final int BUFFER = 1 << 16;
  private static final char FIRST = 0xDC00;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Pattern ESCAPED = Pattern.compile("(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDCFF]");

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
  private boolean isAtEnd;
  private boolean hasBegun;

  EscapingReader(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Whether a text has bytes that did not decode. */
  static boolean isUndecodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= FIRST
          && c < FIRST + 0x100
          && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        return true;
      }
    }
    return false;
  }

  /** A text with each byte that did not decode as {@code \xE9}. */
  static String readable(String text) {
    return isUndecodable(text)
        ? ESCAPED
            .matcher(text)
            .replaceAll(match -> "\\\\x%02X".formatted(match.group().charAt(0) - FIRST))
        : text;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (isAtEnd) {
        return -1;
      }
      decode();
    }
    int read = Math.min(length, chars.remaining());
    chars.get(target, offset, read);
    return read;
  }

  private void decode() throws IOException {
    fill();
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, isAtEnd);
    while (result.isError() && chars.hasRemaining()) {
      for (int i = 0; i < result.length(); i++) {
        chars.put((char) (FIRST + (bytes.get() & 0xFF)));
      }
      result = decoder.decode(bytes, chars, isAtEnd);
    }
    isAtEnd = isAtEnd && !bytes.hasRemaining();
    chars.flip();
    if (!hasBegun && chars.hasRemaining()) {
      hasBegun = true;
      if (chars.get(0) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    while (bytes.hasRemaining() && !isAtEnd) {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      isAtEnd = read < 0;
      bytes.position(bytes.position() + Math.max(read, 0));
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
