package org.assay.expectations.vocabulary;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The NHS Data Dictionary's ethnic category codes (16 and "not stated"), and the groups of the
 * censuses they are counted in. The codes are those of the census of 2001; since the census of 2011
 * Chinese is counted as Asian, before as other.
 */
final class EthnicCategories {
  /** Which census's groups are meant. */
  enum Version {
    CENSUS_2001,
    CENSUS_2011
  }

  /** The high-level groups. */
  enum Group {
    WHITE,
    MIXED,
    ASIAN,
    BLACK,
    OTHER,
    NOT_STATED;

    /** Its key in a configuration. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Its label unless another is given. */
    String label() {
      String words = key().replace('_', ' ');
      return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
  }

  private EthnicCategories() {}

  /** The group of each code, in the order of the codes. */
  static Map<String, Group> groups(Version version) {
    Map<String, Group> groups = new LinkedHashMap<>();
    put(groups, Group.WHITE, "A", "B", "C");
    put(groups, Group.MIXED, "D", "E", "F", "G");
    put(groups, Group.ASIAN, "H", "J", "K", "L");
    put(groups, Group.BLACK, "M", "N", "P");
    put(groups, version == Version.CENSUS_2001 ? Group.OTHER : Group.ASIAN, "R");
    put(groups, Group.OTHER, "S");
    put(groups, Group.NOT_STATED, "Z");
    return groups;
  }

  private static void put(Map<String, Group> groups, Group group, String... codes) {
    for (String code : codes) {
      groups.put(code, group);
    }
  }
}
