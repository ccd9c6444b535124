package org.assay.bronze.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.ManifestRule;
import org.assay.bronze.landing.Landing.Listing;
import org.assay.bronze.landing.Manifest.Part;
import org.assay.common.delivery.Delivery.Terms;

/** Which manifest speaks of which file. */
final class Claims {
  private final Extract extract;
  private final Map<String, Claim> byFile = new LinkedHashMap<>();
  private final Map<String, String> unusable = new TreeMap<>();

  /** The revision in which more than one speaks of a file. */
  private final Map<String, Long> disputed = new HashMap<>();

  private Claims(Extract extract) {
    this.extract = extract;
  }

  /**
   * What a manifest says of one file.
   *
   * @param manifest the manifest
   * @param part the file's entry
   * @param isOurs whether the file is one of the extract's by its path
   */
  record Claim(Manifest manifest, Part part, boolean isOurs) {
    /** As a delivery has them. */
    Terms terms() {
      return new Terms(
          Optional.of(manifest.path()),
          part.rows(),
          part.sha256(),
          manifest.exhaustive(),
          manifest.supersedes());
    }

    /** That the file is not there. */
    String absence() {
      if (!isOurs) {
        return "%s is about %s, which is no file of the extract by its path. Correct the manifest, the name or the path."
            .formatted(manifest.name(), part.file());
      }
      return manifest.isList()
          ? "%s lists %s, which has not come.".formatted(manifest.name(), part.file())
          : "%s came, and %s has not.".formatted(manifest.name(), part.file());
    }

    long revision() {
      return manifest.revision();
    }

    /** The name of the part; empty where the file is the whole delivery. */
    String partName() {
      return manifest.isList() ? part.file() : "";
    }
  }

  /** Reads all manifests. */
  static Claims read(Landing landing, Extract extract, Listing listing) {
    Claims claims = new Claims(extract);
    if (extract.manifest() != ManifestRule.NONE) {
      listing.manifests().forEach(path -> claims.read(landing, listing, path));
    }
    return claims;
  }

  private void read(Landing landing, Listing listing, String path) {
    byte[] bytes;
    try {
      bytes = landing.bytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
    try {
      Manifest manifest = Manifest.read(path, bytes);
      if (isAboutUs(listing, manifest)) {
        manifest.parts().forEach(part -> claim(listing, manifest, part));
      }
    } catch (Manifest.UnreadableException e) {
      if (listing.isOurs(Manifest.fileOf(path), extract.path())
          || Manifest.names(extract.name(), bytes)) {
        unusable.put(Manifest.fileOf(path), unusable(path, e.getMessage()));
      }
    }
  }

  /**
   * Whether it names the extract, or no other and one of its files. Other extracts may share the
   * folder: what their files are called is not ours to wait for.
   */
  private boolean isAboutUs(Listing listing, Manifest manifest) {
    return manifest.extract().isPresent()
        ? manifest.extract().get().equals(extract.name())
        : manifest.parts().stream()
            .anyMatch(part -> listing.isOurs(manifest.sibling(part.file()), extract.path()));
  }

  /** All that a manifest lists is one delivery: what the path does not match is waited for too. */
  private void claim(Listing listing, Manifest manifest, Part part) {
    String file = manifest.sibling(part.file());
    Claim claim = new Claim(manifest, part, listing.isOurs(file, extract.path()));
    Optional<Claim> other = of(file);
    if (extract.manifest() == ManifestRule.REQUIRED && !manifest.provesAll()) {
      unusable.put(
          file,
          unusable(
              manifest.path(),
              "it has neither rows nor sha256 of "
                  + (manifest.isList() ? "each part" : "the file")));
    } else if (disputed.getOrDefault(file, -1L) >= claim.revision()) {
      return; // neither of two counts, nor what they both replace
    } else if (other.isEmpty() || other.get().revision() < claim.revision()) {
      byFile.put(file, claim);
    } else if (other.get().revision() == claim.revision()) {
      byFile.remove(file);
      disputed.put(file, claim.revision());
      unusable.put(
          file,
          "%s and %s both speak of it, in the same revision."
              .formatted(other.get().manifest().name(), manifest.name()));
    }
  }

  private static String unusable(String manifestPath, String why) {
    return "Its manifest %s cannot be used: %s."
        .formatted(manifestPath.substring(manifestPath.lastIndexOf('/') + 1), why);
  }

  /** What is said of a file. */
  Optional<Claim> of(String file) {
    return Optional.ofNullable(byFile.get(file));
  }

  /** Why nothing can be said of a file, although a manifest of its name is there. */
  Optional<String> unusable(String file) {
    return Optional.ofNullable(unusable.get(file));
  }

  /** All claims by the file they are about, in the order of the manifests. */
  Map<String, Claim> all() {
    return byFile;
  }

  /** Manifests that cannot be used, by the file of their name. */
  Map<String, String> allUnusable() {
    return unusable;
  }
}
