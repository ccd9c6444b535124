package org.assay.common.delivery;

import java.time.Instant;

/**
 * A file in landing. A file of the same path, size and modification time is taken for the same
 * without reading it.
 *
 * @param path where it is
 * @param bytes its size
 * @param modifiedAt its modification time
 */
public record SourceFile(String path, long bytes, Instant modifiedAt) {

  /** The last part of its path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
