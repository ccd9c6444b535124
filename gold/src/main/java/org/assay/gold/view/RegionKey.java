package org.assay.gold.view;

import java.util.Optional;

/** The keys of {@code dim_region}, which are never null. */
public final class RegionKey {
  /** The member for rows without a region. */
  public static final String NONE = "(no region recorded)";

  /** The member for all listed regions together. */
  public static final String NATIONAL = "(all listed regions)";

  private RegionKey() {}

  /** The key of a region as it came. */
  public static String of(Optional<String> region) {
    return region.orElse(NONE);
  }
}
