package org.assay.jobs.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Something that happens to real files, done to rows of the Scottish census.
 *
 * @param name what happens, in words
 * @param caughtBy the expectation or drift check that catches it, or why none can
 * @param rows what it makes of the lines, each split at its commas, headings first
 */
record Corruption(String name, String caughtBy, UnaryOperator<List<String[]>> rows) {
  static final int SECTOR = 0;
  static final int NAME = 1;
  static final int REGION = 2;
  static final int QUINTILE = 5;
  static final int AGE = 7;
  static final int ETHNICITY = 8;
  static final int BAD = 9;
  static final int FAIR = 10;
  static final int GOOD = 11;
  static final int PEOPLE = 12;

  private static Corruption each(String name, String caughtBy, Consumer<String[]> change) {
    return new Corruption(
        name,
        caughtBy,
        lines -> {
          lines.subList(1, lines.size()).forEach(change);
          return lines;
        });
  }

  private static Corruption few(String name, String caughtBy, Consumer<String[]> change) {
    return new Corruption(
        name,
        caughtBy,
        lines -> {
          for (int i = 7; i < lines.size(); i += 40) {
            change.accept(lines.get(i));
          }
          return lines;
        });
  }

  private static Corruption whole(
      String name, String caughtBy, UnaryOperator<List<String[]>> change) {
    return new Corruption(name, caughtBy, change);
  }

  private static void swap(String[] line, int a, int b) {
    String kept = line[a];
    line[a] = line[b];
    line[b] = kept;
  }

  private static void recode(String[] line, int column, String from, String to) {
    if (line[column].equals(from)) {
      line[column] = to;
    } else if (line[column].equals(to)) {
      line[column] = from;
    }
  }

  private static boolean isIn(String[] line, String region) {
    return line[REGION].equals(region);
  }

  static List<Corruption> all() {
    List<Corruption> all = new ArrayList<>();
    all.addAll(ofValues());
    all.addAll(ofColumns());
    all.addAll(ofRows());
    all.addAll(beyondRules());
    return all;
  }

  private static List<Corruption> ofValues() {
    return List.of(
        few(
            "a column shifted to the right",
            "ethnicity",
            l -> {
              for (int i = PEOPLE; i > QUINTILE; i--) {
                l[i] = l[i - 1];
              }
              l[QUINTILE] = "";
            }),
        each("the region trimmed of its end", "region", l -> l[REGION] = l[REGION].substring(0, 4)),
        few("the region called null", "region", l -> l[REGION] = "null"),
        few("people below zero", "people", l -> l[PEOPLE] = "-" + l[PEOPLE] + "1"),
        few("more ill than there are", "ill", l -> l[BAD] = "99" + l[BAD]),
        few(
            "one ill too many",
            "sum",
            l -> l[BAD] = Integer.toString(Integer.parseInt(l[BAD]) + 1)),
        each(
            "ages counted from 0",
            "age",
            l -> l[AGE] = Integer.toString(Integer.parseInt(l[AGE]) - 1)),
        each(
            "people all ten times as many",
            "drift.mean.people",
            l -> {
              for (int i : List.of(BAD, FAIR, GOOD, PEOPLE)) {
                l[i] = l[i] + "0";
              }
            }));
  }

  private static List<Corruption> ofColumns() {
    return List.of(
        whole(
            "two headings swapped",
            "columns",
            lines -> {
              swap(lines.get(0), BAD, PEOPLE);
              return lines;
            }),
        whole(
            "a new column at the end",
            "columns",
            lines -> {
              lines.replaceAll(l -> (String.join(",", l) + ",new").split(",", -1));
              return lines;
            }),
        each("a column that is all empty", "ethnicity_there", l -> l[ETHNICITY] = ""),
        each(
            "a column nobody judges that is all empty",
            "drift.completeness.name",
            l -> l[NAME] = ""),
        each("good and fairly good health swapped", "drift.mean.fair", l -> swap(l, FAIR, GOOD)));
  }

  private static List<Corruption> ofRows() {
    return List.of(
        whole(
            "every row twice",
            "drift.row_count",
            lines -> {
              lines.addAll(lines.subList(1, lines.size()));
              return lines;
            }),
        whole(
            "the second half missing",
            "drift.row_count",
            lines -> lines.subList(0, lines.size() / 2)),
        whole(
            "one row of a region that is empty",
            "drift.new_levels.region",
            lines -> {
              lines.get(5)[REGION] = "";
              return lines;
            }),
        whole(
            "a board that vanished",
            "drift.lost_levels.region",
            lines -> {
              lines.removeIf(l -> isIn(l, "Orkney"));
              return lines;
            }),
        whole(
            "a board that doubled",
            "drift.level_shares.region",
            lines -> {
              List<String[]> more = new ArrayList<>();
              for (String[] line : lines) {
                if (isIn(line, "Shetland")) {
                  String[] again = line.clone();
                  again[SECTOR] = "S39" + again[SECTOR].substring(3);
                  more.add(again);
                }
              }
              lines.addAll(more);
              return lines;
            }),
        whole(
            "an age band that vanished",
            "ages",
            lines -> {
              lines.removeIf(l -> l[AGE].equals("18"));
              return lines;
            }),
        whole(
            "a group folded into another",
            "drift.lost_levels.ethnicity",
            lines -> {
              lines.removeIf(l -> l[ETHNICITY].equals("asian"));
              return lines;
            }),
        whole(
            "deprivation reversed everywhere",
            "drift.level_shares.quintile",
            lines -> {
              lines
                  .subList(1, lines.size())
                  .forEach(l -> l[QUINTILE] = "" + (6 - Integer.parseInt(l[QUINTILE])));
              return lines;
            }));
  }

  /** What rows and shares cannot show: a region's own numbers must be looked at, or two sources. */
  private static List<Corruption> beyondRules() {
    return List.of(
        each(
            "two ethnic groups swapped",
            "a region's guard",
            l -> recode(l, ETHNICITY, "afr", "asian")),
        each(
            "two regions of like size swapped",
            "a region's guard",
            l -> recode(l, REGION, "Orkney", "Shetland")),
        each(
            "one board's deprivation reversed",
            "a region's guard",
            l -> {
              if (isIn(l, "Orkney")) {
                recode(l, QUINTILE, "1", "2");
              }
            }),
        whole(
            "one group's people counted in another",
            "a region's guard",
            lines -> {
              for (int i = 1; i + 1 < lines.size(); i++) {
                String[] from = lines.get(i);
                if (from[ETHNICITY].equals("asian")) {
                  lines.stream()
                      .filter(
                          l ->
                              l[SECTOR].equals(from[SECTOR])
                                  && l[AGE].equals(from[AGE])
                                  && l[ETHNICITY].equals("other"))
                      .forEach(
                          to -> {
                            for (int c : List.of(BAD, FAIR, GOOD, PEOPLE)) {
                              to[c] =
                                  Integer.toString(
                                      Integer.parseInt(to[c]) + Integer.parseInt(from[c]));
                              from[c] = "0";
                            }
                          });
                }
              }
              return lines;
            }),
        whole(
            "totals that are no totals",
            "nobody",
            lines -> {
              lines.stream()
                  .filter(l -> l[ETHNICITY].equals("all") && l[AGE].equals("3"))
                  .forEach(l -> swap(l, BAD, FAIR));
              return lines;
            }),
        whole("last month's file again", "nobody", lines -> lines),
        whole(
            "the rows in another order",
            "absorbed",
            lines -> {
              Collections.reverse(lines.subList(1, lines.size()));
              return lines;
            }));
  }
}
