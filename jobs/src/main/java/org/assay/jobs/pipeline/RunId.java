package org.assay.jobs.pipeline;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Names runs: UTC start time, so that they sort, and four random digits, so that no two are one.
 */
public final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunId() {}

  /** A new id, such as {@code 20261123-071209-5f3a}. */
  public static String next(Clock clock) {
    byte[] digits = new byte[2];
    RANDOM.nextBytes(digits);
    return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(digits);
  }
}
