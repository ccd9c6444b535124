package org.assay.common.run;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How numbers and lists read in a sentence, the same everywhere. */
public final class Sentences {
  private Sentences() {}

  /** Like {@link String#format}, in English whatever the machine's language. */
  public static String format(String sentence, Object... values) {
    return String.format(Locale.ENGLISH, sentence, values);
  }

  /** "1 row", "2 rows", "182,160 rows". */
  public static String count(long number, String one, String many) {
    return format("%,d %s", number, number == 1 ? one : many);
  }

  /** "1 person", "2 people". */
  public static String people(long number) {
    return count(number, "person", "people");
  }

  /** "a", "a and b", "a, b and c". */
  public static String list(Collection<String> words) {
    List<String> all = List.copyOf(words);
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
  }
}
