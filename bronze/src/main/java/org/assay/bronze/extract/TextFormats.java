package org.assay.bronze.extract;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The records of files that are text. */
final class TextFormats {
  private TextFormats() {}

  /**
   * Opens the records of a file.
   *
   * @param columns the columns that the configuration declares, for a CSV file without a header; of
   *     a JSON file all its keys
   */
  static Records records(OpenFile file, Format format, Dialect dialect, List<String> columns) {
    return switch (format) {
      case CSV -> new CsvRecords(file.text(), dialect, columns);
      case JSON -> new JsonRecords(file.text(), dialect.encoding(), columns);
      case PARQUET -> throw new IllegalArgumentException("Parquet is not text");
    };
  }

  /**
   * The columns of a file as it names them; reads all of a JSON file, and no more than a header of
   * a CSV file.
   */
  static List<String> columns(String path, Extract extract, Configuration hadoop) {
    return OpenFile.reading(
        path,
        ignored -> {
          try (OpenFile file = OpenFile.open(path, extract.dialect().charset(), hadoop)) {
            if (extract.format() == Format.JSON) {
              return JsonRecords.keys(file.text());
            }
            try (Records records =
                records(file, Format.CSV, extract.dialect(), extract.sourceColumns())) {
              return records.columns();
            }
          }
        });
  }

  /** Whether a file has any record. */
  static boolean hasRecords(String path, Extract extract, Configuration hadoop) {
    return OpenFile.reading(
        path,
        ignored -> {
          try (OpenFile file = OpenFile.open(path, extract.dialect().charset(), hadoop);
              Records records =
                  records(file, extract.format(), extract.dialect(), extract.sourceColumns())) {
            return records.hasNext();
          }
        });
  }
}
