package org.assay.jobs.pipeline;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.privacy.KeySource.Found;
import org.assay.common.privacy.PseudonymKey;
import org.assay.jobs.Project;

/** The key of a project's pseudonyms, and the mark by which its lake knows it again. */
final class LakeKey {
  private static final String MARK = "assay-pseudonym-key-id";
  private static final String KEY = "assay.privacy.key";

  private LakeKey() {}

  /**
   * Fetches the key, before anything is written.
   *
   * @return empty where no extract has identifiers
   * @throws InvalidSettingsException if the key is missing or too short
   */
  static Optional<PseudonymKey> fetch(Project project, Map<String, String> environment) {
    if (!project.silver().hasIdentifiers()) {
      return Optional.empty();
    }
    Found found = project.key().find(environment);
    if (found instanceof Found.Nothing nothing) {
      throw LakeMark.refused("key", KEY, nothing.sentence());
    }
    return Optional.of(((Found.Key) found).key());
  }

  /**
   * Makes sure that the lake's pseudonyms were made with this key; the first key is remembered.
   *
   * @throws InvalidSettingsException if they were made with another
   */
  static void open(Path lake, Configuration hadoop, PseudonymKey key) {
    String known = new LakeMark(lake, MARK, hadoop).readOrWrite(key.id());
    if (!known.equals(key.id())) {
      throw LakeMark.refused(
          "key",
          KEY,
          "the lake at %s has pseudonyms made with key %s, and this is key %s, with which nobody would be the same person. Give the key it was made with, or use another lake."
              .formatted(lake, known, key.id()));
    }
  }
}
