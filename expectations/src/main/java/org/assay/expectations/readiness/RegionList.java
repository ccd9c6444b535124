package org.assay.expectations.readiness;

import static java.util.Objects.requireNonNull;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The regions that there are.
 *
 * @param says what it is and as of when, such as "boards on 2026-03-31", for sentences
 * @param codes their codes
 */
public record RegionList(String says, SortedSet<String> codes) {
  public RegionList {
    requireNonNull(says, "says is null");
    codes = new TreeSet<>(codes);
  }
}
