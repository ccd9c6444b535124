package org.assay.bronze;

import java.util.List;
import java.util.Optional;
import org.assay.bronze.extract.Extract;
import org.assay.common.config.Section;

/**
 * What bronze ingests.
 *
 * @param extracts in alphabetical order
 */
public record BronzeSettings(List<Extract> extracts) {
  public BronzeSettings {
    extracts = List.copyOf(extracts);
  }

  /** Reads {@code extracts}; what is wrong is recorded in the sections. */
  public static BronzeSettings from(Section root) {
    return new BronzeSettings(
        root.sections("extracts").values().stream()
            .map(Extract::from)
            .flatMap(Optional::stream)
            .toList());
  }
}
