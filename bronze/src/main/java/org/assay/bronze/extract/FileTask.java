package org.assay.bronze.extract;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a task needs to know to read one file of text into rows of bronze.
 *
 * @param deliveryId names the delivery
 * @param path the file
 * @param epochDay its extract date
 * @param digest the digest that it must have
 * @param rows the rows that it must have; -1 where nothing says it
 * @param format how it is written
 * @param dialect how it is written, if it is CSV
 * @param columns its columns, as it names them
 * @param names its columns, distinct
 * @param places for each of its columns the place among the columns of bronze, or -1 to rescue it
 */
record FileTask(
    String deliveryId,
    String path,
    long epochDay,
    String digest,
    long rows,
    Format format,
    Dialect dialect,
    List<String> columns,
    List<String> names,
    int[] places)
    implements Serializable {
  FileTask {
    columns = List.copyOf(columns);
    names = List.copyOf(names);
    places = places.clone();
  }

  /** The last part of its path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether any column has no place. */
  boolean rescues() {
    return Arrays.stream(places).anyMatch(place -> place < 0);
  }
}
