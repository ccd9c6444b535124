package org.assay.bronze.extract;

/** How a delivery is written; gzip is known by the name of its file. */
public enum Format {
  CSV,
  /** One JSON object to a line. */
  JSON,
  PARQUET
}
