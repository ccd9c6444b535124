package org.assay.bronze.extract;

import org.assay.common.config.Section;

/**
 * What happens where a file's columns are not those that are declared.
 *
 * @param onNewColumn of a column that is not declared
 * @param onMissingColumn of a declared column that the file does not have
 * @param onChangedType of a column whose type is not the one that bronze has
 */
public record Drift(
    OnNewColumn onNewColumn, OnMissingColumn onMissingColumn, OnChangedType onChangedType) {

  /** What becomes of a column that is not declared. */
  public enum OnNewColumn {
    /** It is kept as a column of bronze. */
    ADD,
    /** It is kept in {@code _rescued}. */
    RESCUE,
    /** The file is refused. */
    REFUSE
  }

  /** What becomes of a declared column that is not there. */
  public enum OnMissingColumn {
    REFUSE,
    /** Its values are null. */
    NULL
  }

  /** What becomes of values that are not of the type that bronze has. */
  public enum OnChangedType {
    /** Those that the earlier type cannot hold are kept in {@code _rescued}. */
    RESCUE,
    REFUSE
  }

  static Drift from(Section extract) {
    return new Drift(
        extract.choice("on_new_column", OnNewColumn.class, OnNewColumn.ADD),
        extract.choice("on_missing_column", OnMissingColumn.class, OnMissingColumn.REFUSE),
        extract.choice("on_changed_type", OnChangedType.class, OnChangedType.RESCUE));
  }
}
