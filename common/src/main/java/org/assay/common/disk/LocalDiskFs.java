package org.assay.common.disk;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * {@code file:} for Hadoop's FileContext API, through which Delta commits. A commit file is put in
 * place by a hard link, which fails if the name is taken: two processes cannot both write a
 * version.
 */
public final class LocalDiskFs extends DelegateToFileSystem {
  private final RawLocalDisk disk;

  /** Made by Hadoop, by name. */
  public LocalDiskFs(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
    this(uri, hadoop, new RawLocalDisk());
  }

  private LocalDiskFs(URI uri, Configuration hadoop, RawLocalDisk disk)
      throws IOException, URISyntaxException {
    super(uri, disk, hadoop, "file", false);
    this.disk = disk;
  }

  @Override
  public void renameInternal(Path from, Path to) throws IOException {
    java.nio.file.Path source = disk.pathToFile(from).toPath();
    java.nio.file.Path target = disk.pathToFile(to).toPath();
    if (Files.isDirectory(source)) {
      Files.move(source, target);
      return;
    }
    try {
      Files.createLink(target, source);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(to + " already exists");
    } catch (UnsupportedOperationException | FileSystemException e) {
      moveWithoutLinks(source, target);
      return;
    }
    Files.delete(source);
  }

  private static void moveWithoutLinks(java.nio.file.Path source, java.nio.file.Path target)
      throws IOException {
    try {
      Files.move(source, target);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(target + " already exists");
    }
  }

  @Override
  public int getUriDefaultPort() {
    return -1; // a disk has no port
  }
}
