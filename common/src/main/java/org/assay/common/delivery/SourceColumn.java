package org.assay.common.delivery;

/**
 * A column of a delivery's file.
 *
 * @param name as the file names it; a blank or repeated name is made distinct
 * @param type Spark SQL type, string where the format has no types; or rescued
 */
public record SourceColumn(String name, String type) {
  private static final String RESCUED = "rescued";

  /** The same column where bronze has its values only in {@code _rescued}. */
  public SourceColumn rescued() {
    return new SourceColumn(name, RESCUED);
  }

  /** Whether bronze has its values only in {@code _rescued}. */
  public boolean isRescued() {
    return type.equals(RESCUED);
  }
}
