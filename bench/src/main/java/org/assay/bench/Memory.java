package org.assay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used. */
final class Memory {
  private static final long KILO = 1024;

  private Memory() {}

  /** The most memory that this process ever had resident, as Linux tells it. */
  static long peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILO)
        .findFirst()
        .orElseThrow();
  }
}
