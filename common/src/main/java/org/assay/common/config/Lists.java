package org.assay.common.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that records share when they validate themselves. */
public final class Lists {
  private Lists() {}

  /** The values that stand in a list more than once, in order of their second appearance. */
  public static List<String> repeated(Collection<String> values) {
    Set<String> seen = new HashSet<>();
    return values.stream().filter(value -> !seen.add(value)).distinct().toList();
  }
}
