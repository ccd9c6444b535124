package org.assay.jobs.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Tables by name, each as its rows by heading, as JSON has them. */
  static Map<String, List<Map<String, String>>> maps(Map<String, TextTable> tables) {
    Map<String, List<Map<String, String>>> maps = new LinkedHashMap<>();
    tables.forEach(
        (name, table) ->
            maps.put(
                name,
                table.rows().stream()
                    .map(
                        row -> {
                          Map<String, String> map = new LinkedHashMap<>();
                          for (int i = 0; i < row.size(); i++) {
                            map.put(table.headings().get(i), row.get(i));
                          }
                          return map;
                        })
                    .toList()));
    return maps;
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
