package org.assay.bronze.landing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.assay.bronze.extract.Extract;
import org.assay.common.delivery.Delivery.SourceFile;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Fingerprint;

/** Where the deliveries of an extract arrive: any file system that Hadoop knows. Only ever read. */
public final class Landing {
  private final Configuration hadoop;

  public Landing(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The files of an extract, by name. Names that begin with a dot or an underscore are not
   * deliveries.
   *
   * @throws DataRefusedException if there is none
   */
  public List<SourceFile> files(Extract extract) {
    Path path = new Path(extract.path());
    try {
      List<SourceFile> files =
          Arrays.stream(path.getFileSystem(hadoop).listStatus(path))
              .filter(FileStatus::isFile)
              .filter(status -> !status.getPath().getName().matches("[._].*"))
              .sorted(Comparator.comparing(FileStatus::getPath))
              .map(Landing::file)
              .toList();
      if (files.isEmpty()) {
        throw new DataRefusedException(
            "Extract %s has no delivery in the folder %s. Check extracts.%1$s.path, or wait for it."
                .formatted(extract.name(), extract.path()));
      }
      return files;
    } catch (FileNotFoundException e) {
      throw new DataRefusedException(
          "Extract %s has no file at %s. Check extracts.%1$s.path, or wait for the delivery."
              .formatted(extract.name(), extract.path()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + extract.path(), e);
    }
  }

  /** The SHA-256 of a file, in hexadecimal. */
  public String digest(SourceFile file) {
    Path path = new Path(file.path());
    MessageDigest digest = Fingerprint.sha256();
    try {
      FileSystem files = path.getFileSystem(hadoop);
      try (InputStream in = files.open(path);
          OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        in.transferTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.path(), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static SourceFile file(FileStatus status) {
    return new SourceFile(
        status.getPath().toString(),
        status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }
}
