package org.assay.common.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The version of the code that runs, as a digest of its class files and jars. */
public final class CodeVersion {
  private CodeVersion() {}

  /** Digest of everything that was loaded from where these classes come from. */
  public static String of(Collection<Class<?>> classes) {
    MessageDigest digest = Fingerprint.sha256();
    classes.stream().map(CodeVersion::source).distinct().sorted().forEach(p -> update(digest, p));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Path source(Class<?> type) {
    URL place = type.getProtectionDomain().getCodeSource().getLocation();
    try {
      return Path.of(new URI(place.toString()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot tell where %s was loaded from".formatted(type), e);
    }
  }

  private static void update(MessageDigest digest, Path source) {
    try (Stream<Path> walk = Files.walk(source)) {
      List<Path> files = new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
      for (Path file : files) {
        digest.update(
            source.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the program's own code in " + source, e);
    }
  }
}
