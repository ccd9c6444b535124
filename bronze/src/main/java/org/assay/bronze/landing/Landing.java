package org.assay.bronze.landing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.assay.bronze.extract.LandingPath;
import org.assay.common.delivery.SourceFile;
import org.assay.common.run.Fingerprint;

/** Where the deliveries of an extract arrive: any file system that Hadoop knows. Only ever read. */
final class Landing {
  /** How the name of a manifest ends. */
  static final String MANIFEST = ".manifest.json";

  private final Configuration hadoop;

  Landing(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * What is there.
   *
   * @param folder the folder that was listed, with a slash at its end; the file, if it is one
   * @param files files of the extract, by path
   * @param manifests paths of manifests, in order
   */
  record Listing(String folder, List<LandedFile> files, List<String> manifests) {
    static final Listing NOTHING = new Listing("", List.of(), List.of());

    /** Whether a file, there or not, is one of the extract's by its path. */
    boolean isOurs(String file, LandingPath path) {
      return !path.isPattern()
          || (file.startsWith(folder) && path.match(file.substring(folder.length())).isPresent());
    }
  }

  /**
   * Lists landing. Names that begin with a dot or an underscore are not deliveries; a folder
   * without a pattern is not searched deeper.
   */
  Listing list(LandingPath path) {
    Path folder = new Path(path.folder());
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      FileStatus there = files.getFileStatus(folder);
      if (there.isFile()) {
        return aFile(files, there);
      }
      return listing(path, there.getPath(), statuses(files, folder, path.isPattern()));
    } catch (FileNotFoundException e) {
      return Listing.NOTHING; // what has not come is told by who waits for it
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + path.text(), e);
    }
  }

  private static Listing aFile(FileSystem files, FileStatus there) throws IOException {
    Path manifest = there.getPath().suffix(MANIFEST);
    return new Listing(
        there.getPath().toString(),
        List.of(new LandedFile(file(there), LandingPath.of("").match("").orElseThrow())),
        files.exists(manifest) ? List.of(manifest.toString()) : List.of());
  }

  private static List<FileStatus> statuses(FileSystem files, Path folder, boolean deep)
      throws IOException {
    if (!deep) {
      return List.of(files.listStatus(folder));
    }
    List<FileStatus> all = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
    while (found.hasNext()) {
      all.add(found.next());
    }
    return all;
  }

  private static Listing listing(LandingPath path, Path folder, List<FileStatus> statuses) {
    String base = folder.toString().endsWith("/") ? folder.toString() : folder + "/";
    List<LandedFile> files = new ArrayList<>();
    List<String> manifests = new ArrayList<>();
    for (FileStatus status : statuses) {
      String relative = status.getPath().toString().substring(base.length());
      if (!status.isFile() || isHidden(relative)) {
        continue;
      }
      if (relative.endsWith(MANIFEST)) {
        manifests.add(status.getPath().toString());
      } else {
        Optional<LandingPath.Match> match = path.match(relative);
        match.ifPresent(says -> files.add(new LandedFile(file(status), says)));
      }
    }
    files.sort(Comparator.comparing(landed -> landed.file().path()));
    return new Listing(base, files, manifests.stream().sorted().toList());
  }

  private static boolean isHidden(String relative) {
    for (String name : relative.split("/")) {
      if (name.startsWith(".") || name.startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  /** The SHA-256 of a file, in hexadecimal. */
  String digest(SourceFile file) {
    MessageDigest digest = Fingerprint.sha256();
    try (InputStream in = open(file.path());
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.path(), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A file's bytes; meant for small files. */
  byte[] bytes(String path) throws IOException {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    }
  }

  private InputStream open(String path) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem(hadoop).open(file);
  }

  private static SourceFile file(FileStatus status) {
    return new SourceFile(
        status.getPath().toString(),
        status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }
}
