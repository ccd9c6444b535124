package org.assay.gold.inequality;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The European Standard Population of 2013 (Eurostat), in 19 bands of five years up to 90+. */
public final class EuropeanStandardPopulation {
  /** Names it in gold. */
  public static final String NAME = "ESP 2013";

  private static final List<Integer> WEIGHTS =
      List.of(
          5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000,
          4000, 2500, 1500, 1000);

  private static final int YEARS = 5;
  private static final Pattern BAND = Pattern.compile("\\D*(\\d+)\\s*(?:-|–|to)\\s*(\\d+)\\D*");
  private static final Pattern LAST =
      Pattern.compile("\\D*(\\d+)\\s*(?:\\+|and over|or older)\\D*");

  private EuropeanStandardPopulation() {}

  /** The weights of its bands, of 100,000. */
  public static List<Integer> weights() {
    return WEIGHTS;
  }

  /**
   * The people of 100,000 whose age is in a band.
   *
   * @param band such as "30-44", "Age 65 to 69" or "80+"
   * @return empty unless its ages can be read and begin and end with bands of the standard
   */
  public static Optional<Integer> weight(String band) {
    Matcher last = LAST.matcher(band);
    if (last.matches()) {
      return between(Integer.parseInt(last.group(1)), YEARS * WEIGHTS.size());
    }
    Matcher both = BAND.matcher(band);
    return both.matches()
        ? between(Integer.parseInt(both.group(1)), Integer.parseInt(both.group(2)) + 1)
        : Optional.empty();
  }

  private static Optional<Integer> between(int from, int before) {
    boolean isWhole =
        from % YEARS == 0
            && before % YEARS == 0
            && from < before
            && before <= YEARS * WEIGHTS.size();
    return isWhole
        ? Optional.of(WEIGHTS.subList(from / YEARS, before / YEARS).stream().mapToInt(w -> w).sum())
        : Optional.empty();
  }
}
