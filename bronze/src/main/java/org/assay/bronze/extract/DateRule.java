package org.assay.bronze.extract;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.assay.common.config.Section;

/** Where the day comes from that a file speaks of; a manifest that names a day always wins. */
public sealed interface DateRule {

  /** The configuration says it. */
  record Fixed(LocalDate date) implements DateRule {}

  /** The path says it. */
  record InPath() implements DateRule {}

  /** Only a manifest says it. */
  record InManifest() implements DateRule {}

  /** Nothing says it: the day of ingestion stands in, which makes history wrong. */
  record IngestTime() implements DateRule {}

  /** Reads {@code extract_date}; what is wrong is recorded in the section. */
  static DateRule from(Section extract, LandingPath path, ManifestRule manifest) {
    String key = "extract_date";
    if (!extract.has(key)) {
      if (path.hasDate()) {
        return new InPath();
      }
      if (manifest != ManifestRule.REQUIRED) {
        extract.problem(
            key,
            "is missing; it must be a date like 2026-03-31, a pattern such as {yyyy-MM-dd} in path, or manifest.");
      }
      return new InManifest();
    }
    String text = extract.text(key);
    if (path.hasDate()) {
      extract.problem(key, "path has the date already; leave one of them out.");
    }
    if (text.equals("manifest") && manifest == ManifestRule.NONE) {
      extract.problem(key, "is manifest, and manifest = none does not look at any.");
    }
    return switch (text) {
      case "manifest" -> new InManifest();
      case "ingest_time" -> new IngestTime();
      default -> fixed(extract, key, text);
    };
  }

  private static DateRule fixed(Section extract, String key, String text) {
    try {
      return new Fixed(LocalDate.parse(text));
    } catch (DateTimeException e) {
      if (!text.isEmpty()) {
        extract.problem(
            key,
            "\"%s\" is not a date like 2026-03-31, nor manifest or ingest_time.".formatted(text));
      }
      return new Fixed(LocalDate.EPOCH);
    }
  }
}
