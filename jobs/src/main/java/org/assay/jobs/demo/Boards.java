package org.assay.jobs.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The 42 Integrated Care Boards with how many of their small areas are in each decile of IMD 2019.
 */
final class Boards {
  private static final String PROFILE = "icb_profile.csv";
  private static final int FIRST_DECILE = 4;

  private Boards() {}

  /**
   * A board.
   *
   * @param code its ODS code
   * @param name its name
   * @param areas small areas by decile, the most deprived first
   */
  record Board(String code, String name, List<Integer> areas) {}

  /**
   * A small area.
   *
   * @param lsoa a code in the form of LSOA codes
   * @param board the place of its board, from 0
   * @param decile its decile of deprivation, 1 the most deprived
   */
  record Area(String lsoa, int board, int decile) implements Serializable {}

  static List<Board> all() {
    List<Board> boards = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Boards.class.getResourceAsStream(PROFILE), StandardCharsets.UTF_8))) {
      for (String line : lines.lines().skip(1).toList()) {
        List<String> f = List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"));
        boards.add(
            new Board(
                f.get(0),
                f.get(2).replace("\"", ""),
                f.subList(FIRST_DECILE, f.size()).stream().map(Integer::valueOf).toList()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The profile of the boards cannot be read", e);
    }
    return boards;
  }

  static List<Area> areas(List<Board> boards) {
    List<Area> areas = new ArrayList<>();
    for (int board = 0; board < boards.size(); board++) {
      int[] ofDecile = boards.get(board).areas().stream().mapToInt(Integer::intValue).toArray();
      for (int decile = 1; decile <= ofDecile.length; decile++) {
        for (int i = 0; i < ofDecile[decile - 1]; i++) {
          areas.add(new Area("E01%06d".formatted(900_000 + areas.size()), board, decile));
        }
      }
    }
    return areas;
  }
}
