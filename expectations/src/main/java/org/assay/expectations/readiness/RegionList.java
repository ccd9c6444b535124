package org.assay.expectations.readiness;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The regions that there are.
 *
 * @param says what it is and as of when, such as "boards on 2026-03-31", for sentences
 * @param names by code, the names by which people know them; the code itself where there is none
 */
public record RegionList(String says, SortedMap<String, String> names) {
  public RegionList {
    requireNonNull(says, "says is null");
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  /** Of regions that have no names but their codes. */
  public static RegionList ofCodes(String says, Collection<String> codes) {
    SortedMap<String, String> names = new TreeMap<>();
    codes.forEach(code -> names.put(code, code));
    return new RegionList(says, names);
  }

  /** Their codes. */
  public SortedSet<String> codes() {
    return new TreeSet<>(names.keySet());
  }
}
