package org.assay.bronze.extract;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.assay.common.run.Fingerprint;

/** A file as text, and its digest as it is read. Gzip and the like are known by the file's name. */
final class OpenFile implements Closeable {
  private final String path;
  private final DigestInputStream raw;
  private final Reader text;

  private OpenFile(String path, DigestInputStream raw, Reader text) {
    this.path = path;
    this.raw = raw;
    this.text = text;
  }

  static OpenFile open(String path, Charset charset, Configuration hadoop) {
    MessageDigest digest = Fingerprint.sha256();
    return reading(
        path,
        ignored -> {
          Path file = new Path(path);
          DigestInputStream raw =
              new DigestInputStream(file.getFileSystem(hadoop).open(file), digest);
          CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
          InputStream content = codec == null ? raw : codec.createInputStream(raw);
          return new OpenFile(path, raw, new EscapingReader(content, charset));
        });
  }

  Reader text() {
    return text;
  }

  /** The digest of the whole file, SHA-256 in hexadecimal; what is not read yet is read now. */
  String digest() {
    return reading(
        path,
        ignored -> {
          raw.transferTo(OutputStream.nullOutputStream());
          return HexFormat.of().formatHex(raw.getMessageDigest().digest());
        });
  }

  /** Something that may fail as files do. */
  interface Reading<T> {
    T from(String path) throws IOException;
  }

  /**
   * Reads something from a file.
   *
   * @throws FileFault if the file itself is what is wrong
   * @throws UncheckedIOException if it cannot be reached
   */
  static <T> T reading(String path, Reading<T> reading) {
    try {
      return reading.from(path);
    } catch (UncheckedIOException e) {
      throw fault(path, e.getCause());
    } catch (IOException e) {
      throw fault(path, e);
    }
  }

  private static RuntimeException fault(String path, IOException e) {
    String name = new Path(path).getName();
    Function<String, FileFault> damaged =
        what ->
            FileFault.damaged(
                path,
                "%s is damaged: %s. Nothing of it was used; ask for the file again."
                    .formatted(name, what));
    if (e instanceof EOFException) {
      return damaged.apply("it ends too early");
    }
    if (e instanceof Lines.UnreadableTextException) {
      return damaged.apply(e.getMessage());
    }
    if (e instanceof ZipException || String.valueOf(e.getMessage()).startsWith("not a gzip file")) {
      return damaged.apply("its name says gzip, and it is not");
    }
    boolean inDecompression =
        e.getStackTrace().length > 0
            && e.getStackTrace()[0].getClassName().startsWith("org.apache.hadoop.io.compress.");
    return inDecompression
        ? damaged.apply("its gzip cannot be read to the end")
        : new UncheckedIOException("Cannot read " + path, e);
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
