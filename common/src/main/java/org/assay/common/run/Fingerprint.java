package org.assay.common.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests that tell whether something has changed. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The SHA-256 of the parts' texts, as 64 hexadecimal digits. Each part is preceded by its length,
   * so that no two lists of parts run together into one.
   */
  public static String of(Object... parts) {
    MessageDigest digest = sha256();
    for (Object part : parts) {
      byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(text);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new SHA-256 digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
