package org.assay.bronze.extract;

import java.io.Closeable;
import java.util.Iterator;
import java.util.List;

/** The records of one file, from its first to its last; close it to let go of the file. */
interface Records extends Iterator<SourceRecord>, Closeable {

  /** The columns, as the file names them; empty if it has none. */
  List<String> columns();
}
