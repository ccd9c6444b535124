package org.assay.bronze.extract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assay.common.contract.BronzeContract;

/** The names of a file's columns, made distinct so that a table can have them all. */
final class ColumnNames {
  private static final Set<String> OURS = Set.of(BronzeContract.EXTRACT.schema().fieldNames());

  private ColumnNames() {}

  /**
   * Distinct names for columns in order: a blank one is "column 3", the second age is "age (2)",
   * and a name that bronze keeps for itself is "_delivery_id (2)". Small and capital letters are
   * the same to a table.
   */
  static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>(OURS);
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String wanted = name.isBlank() ? "column " + (distinct.size() + 1) : name;
      String free = wanted;
      for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
        free = wanted + " (" + i + ")";
      }
      distinct.add(free);
    }
    return distinct;
  }
}
