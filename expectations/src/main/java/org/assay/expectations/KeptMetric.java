package org.assay.expectations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A metric as history keeps it.
 *
 * @param name {@link Metric#name}
 * @param found a value or levels
 * @param context Deequ's own JSON of analyzer and metric
 * @param state what merges with that of other rows; empty where nothing does
 */
public record KeptMetric(String name, Measurement found, String context, Optional<String> state) {
  public KeptMetric {
    requireNonNull(name, "name is null");
    requireNonNull(found, "found is null");
    requireNonNull(state, "state is null");
  }
}
