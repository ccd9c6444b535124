package org.assay.bronze.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.ManifestRule;
import org.assay.bronze.landing.Manifest.Part;

/** Which manifest speaks of which file. */
final class Claims {
  private final Extract extract;
  private final Map<String, Claim> byFile = new LinkedHashMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();

  private Claims(Extract extract) {
    this.extract = extract;
  }

  /**
   * What a manifest says of one file.
   *
   * @param manifest the manifest
   * @param part the file's entry
   */
  record Claim(Manifest manifest, Part part) {
    /** The name of the part; empty where the file is the whole delivery. */
    String partName() {
      return manifest.isList() ? part.file() : "";
    }
  }

  /** Reads all manifests. */
  static Claims read(Landing landing, Extract extract, List<String> paths) {
    Claims claims = new Claims(extract);
    if (extract.manifest() != ManifestRule.NONE) {
      paths.forEach(path -> claims.read(landing, path));
    }
    return claims;
  }

  private void read(Landing landing, String path) {
    try {
      Manifest manifest = Manifest.read(path, landing.bytes(path));
      if (manifest.extract().filter(name -> !name.equals(extract.name())).isEmpty()) {
        manifest
            .parts()
            .forEach(part -> byFile.put(manifest.sibling(part.file()), new Claim(manifest, part)));
      }
    } catch (Manifest.UnreadableException e) {
      unreadable.put(
          Manifest.fileOf(path),
          "Its manifest %s cannot be used: %s."
              .formatted(path.substring(path.lastIndexOf('/') + 1), e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  /** What is said of a file. */
  Optional<Claim> of(String file) {
    return Optional.ofNullable(byFile.get(file));
  }

  /** Why nothing can be said of a file, although a manifest of its name is there. */
  Optional<String> unreadable(String file) {
    return Optional.ofNullable(unreadable.get(file));
  }

  /** All claims by the file they are about, in the order of the manifests. */
  Map<String, Claim> all() {
    return byFile;
  }

  /** Manifests that cannot be used, by the file of their name. */
  Map<String, String> allUnreadable() {
    return unreadable;
  }
}
