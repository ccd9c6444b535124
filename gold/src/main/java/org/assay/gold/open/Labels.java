package org.assay.gold.open;

import java.util.Map;

/**
 * How areas and periods are shown.
 *
 * @param nation what all listed regions together are called
 * @param sortKeys by period, what sorts it in time
 */
public record Labels(String nation, Map<String, String> sortKeys) {
  public Labels {
    sortKeys = Map.copyOf(sortKeys);
  }
}
