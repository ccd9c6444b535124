package org.assay.bronze.extract;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.assay.common.run.Sentences;

/** The physical lines of a text, each with its line end, so that nothing of it is lost. */
final class Lines implements Closeable {
  /** A longer line is no line: one that never ends would fill the memory. */
  static final int LONGEST = 1 << 22;

  private static final int BUFFER = 1 << 16;

  private final Reader in;
  private final char[] buffer = new char[BUFFER];
  private final Deque<String> pushedBack = new ArrayDeque<>();
  private int position;
  private int limit;
  private long number;

  Lines(Reader in) {
    this.in = in;
  }

  /** A text that cannot be read as records at all. */
  static final class UnreadableTextException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableTextException(String what) {
      super(what);
    }
  }

  /** The next line with its end; null after the last. */
  String next() throws IOException {
    if (!pushedBack.isEmpty()) {
      return pushedBack.pop();
    }
    number++;
    StringBuilder line = null;
    while (true) {
      if (position == limit && !fill()) {
        return line == null ? null : line.toString();
      }
      int end = endOfLine();
      if (end >= 0 && line == null) {
        String whole = new String(buffer, position, end - position);
        position = end;
        return whole;
      }
      line = line == null ? new StringBuilder() : line;
      int stop = end >= 0 ? end : limit;
      line.append(buffer, position, stop - position);
      position = stop;
      if (end >= 0) {
        return line.toString();
      }
      if (line.length() > LONGEST) {
        throw new UnreadableTextException(
            Sentences.format("line %,d has more than %,d characters", number, LONGEST));
      }
      if (line.charAt(line.length() - 1) == '\r' && fill()) {
        if (buffer[position] == '\n') {
          line.append('\n');
          position++;
        }
        return line.toString();
      }
    }
  }

  /** Where the first line of the buffer ends; -1 if it is not in it. */
  private int endOfLine() {
    for (int i = position; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
      if (buffer[i] == '\r') {
        if (i + 1 == limit) {
          return -1; // a line feed may follow
        }
        return buffer[i + 1] == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(in.read(buffer, 0, BUFFER), 0);
    return limit > 0;
  }

  /** Gives lines back, to be read again. */
  void pushBack(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      pushedBack.push(lines.get(i));
    }
  }

  /** A line without its end. */
  static String content(String line) {
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\n') {
      end--;
    }
    if (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    return line.substring(0, end);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
