package org.assay.expectations.vocabulary;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All expectations that can be declared, by name. */
public final class Vocabulary {
  private static final Map<String, Word> WORDS = new TreeMap<>();

  static {
    Stream.of(
            ValueWords.all(),
            TextWords.all(),
            RecordWords.all(),
            HealthWords.all(),
            MetricWords.all(),
            TableWords.all())
        .flatMap(List::stream)
        .forEach(word -> WORDS.put(word.name(), word));
  }

  private Vocabulary() {}

  /** Every word, in the order of the names. */
  public static Collection<Word> words() {
    return Collections.unmodifiableCollection(WORDS.values());
  }

  /** The names, in order. */
  public static Collection<String> names() {
    return Collections.unmodifiableSet(WORDS.keySet());
  }

  /** The word of a name. */
  static Optional<Word> word(String name) {
    return Optional.ofNullable(WORDS.get(name));
  }
}
