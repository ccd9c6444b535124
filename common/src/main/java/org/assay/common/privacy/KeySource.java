package org.assay.common.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assay.common.config.Section;

/**
 * Where the key of pseudonyms comes from: a file, or else an environment variable.
 *
 * @param file a file that holds it
 * @param env the variable
 */
public record KeySource(Optional<String> file, String env) {

  /** Reads {@code privacy.key}; what is wrong is recorded in the section. */
  public static KeySource from(Section section) {
    return new KeySource(section.optionalLocation("file"), section.text("env"));
  }

  /** What was found, or why nothing was. */
  public sealed interface Found {
    /** A key. */
    record Key(PseudonymKey key) implements Found {}

    /** No key, and what to do about it. */
    record Nothing(String sentence) implements Found {}
  }

  /** Fetches the key; nothing is kept or printed. */
  public Found find(Map<String, String> environment) {
    if (file.isEmpty() && !environment.containsKey(env)) {
      return new Found.Nothing(
          "the environment variable %s is not set. Put the key of the lake's pseudonyms there, or name its file in privacy.key.file."
              .formatted(env));
    }
    try {
      String text = file.isPresent() ? Files.readString(Path.of(file.get())) : environment.get(env);
      return new Found.Key(new PseudonymKey(text.strip().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return new Found.Nothing(
          "the key's file %s cannot be read. Check privacy.key.file.".formatted(file.get()));
    } catch (IllegalArgumentException e) {
      return new Found.Nothing("the key in %s %s.".formatted(file.orElse(env), e.getMessage()));
    }
  }
}
