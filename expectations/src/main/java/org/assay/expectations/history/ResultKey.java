package org.assay.expectations.history;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.run.Fingerprint;

/**
 * What a set of metrics is about.
 *
 * @param datasetDate milliseconds since 1970
 * @param tags in the order of their names, so that their order never matters
 */
public record ResultKey(long datasetDate, Map<String, String> tags) {
  private static final String EXTRACT = "extract";
  private static final String DELIVERY = "delivery";

  public ResultKey {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** Of one delivery. */
  public static ResultKey of(String extract, String delivery, LocalDate extractDate) {
    return new ResultKey(millis(extractDate), Map.of(EXTRACT, extract, DELIVERY, delivery));
  }

  /** Of all deliveries of an extract. */
  public static ResultKey ofAll(String extract) {
    return new ResultKey(0, Map.of(EXTRACT, extract));
  }

  private static long millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The extract, if the tags name one. */
  public Optional<String> extract() {
    return Optional.ofNullable(tags.get(EXTRACT));
  }

  /** The delivery, if the tags name one. */
  public Optional<String> delivery() {
    return Optional.ofNullable(tags.get(DELIVERY));
  }

  /** Digest of date and tags. */
  public String digest() {
    return Fingerprint.of(datasetDate, tags).substring(0, 16);
  }
}
