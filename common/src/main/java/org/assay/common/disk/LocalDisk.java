package org.assay.common.disk;

import org.apache.hadoop.fs.LocalFileSystem;

/** {@code file:} for Hadoop's FileSystem API; see {@link RawLocalDisk}. */
public final class LocalDisk extends LocalFileSystem {

  /** Made by Hadoop, by name. */
  public LocalDisk() {
    super(new RawLocalDisk());
    setWriteChecksum(
        false); // Parquet and the disk have their own; a second file for each costs much
  }
}
