package org.assay.jobs.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under their headings, in columns as wide as they need to be. */
record TextTable(List<String> headings, List<List<String>> rows) {
  private static final String GAP = "  ";

  /** The lines, headings first. */
  List<String> lines() {
    int[] widths = new int[headings.size()];
    List<List<String>> all = new ArrayList<>(List.of(headings));
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
