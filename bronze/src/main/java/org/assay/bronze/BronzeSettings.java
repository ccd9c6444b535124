package org.assay.bronze;

import java.util.List;
import java.util.Optional;
import org.assay.bronze.extract.DateRule;
import org.assay.bronze.extract.Extract;
import org.assay.common.config.Section;

/**
 * What bronze ingests.
 *
 * @param extracts in alphabetical order
 * @param filesPerBatch how many files a stream takes at a time
 */
public record BronzeSettings(List<Extract> extracts, int filesPerBatch) {
  private static final int FILES_PER_BATCH = 1000;

  public BronzeSettings {
    extracts = List.copyOf(extracts);
  }

  /** Reads {@code extracts}; what is wrong is recorded in the sections. */
  public static BronzeSettings from(Section root) {
    return new BronzeSettings(
        root.sections("extracts").values().stream()
            .map(Extract::from)
            .flatMap(Optional::stream)
            .toList(),
        root.optionalSection("stream").map(BronzeSettings::filesPerBatch).orElse(FILES_PER_BATCH));
  }

  private static int filesPerBatch(Section stream) {
    String key = "files_per_batch";
    long files = stream.optionalNumber(key).orElse((long) FILES_PER_BATCH);
    if (files < 1 || files > Integer.MAX_VALUE) {
      stream.problem(key, "must be 1 or more, and is %d.".formatted(files));
    }
    return (int) files;
  }

  /** What is allowed and seldom right, in one sentence each. */
  public List<String> warnings() {
    return extracts.stream()
        .filter(extract -> extract.extractDate() instanceof DateRule.IngestTime)
        .map(
            extract ->
                "extracts.%s.extract_date = ingest_time dates each file by the day on which it was ingested: history will be wrong wherever a file comes late. Take the date from a manifest or from the path if you can."
                    .formatted(extract.name()))
        .toList();
  }
}
