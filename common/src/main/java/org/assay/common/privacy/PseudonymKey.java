package org.assay.common.privacy;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a lake's pseudonyms. Never printed: its text is its id, which tells one key from
 * another and nothing else.
 */
public final class PseudonymKey implements Serializable {
  private static final long serialVersionUID = 1L;

  /** HMAC-SHA256 as in RFC 2104, the least key that is as strong as the digest. */
  public static final int LEAST_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int ID_DIGITS = 16;

  private final SecretKeySpec secret;

  /**
   * @param secret at least {@link #LEAST_BYTES} bytes
   * @throws IllegalArgumentException if there are fewer
   */
  public PseudonymKey(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "has %d bytes; a key needs at least %d, such as the output of: openssl rand -hex 32"
              .formatted(secret.length, LEAST_BYTES));
    }
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** Tells this key from others; says nothing about it. */
  public String id() {
    return HexFormat.of().formatHex(digest("assay key id")).substring(0, ID_DIGITS);
  }

  /**
   * The pseudonym of a value: HMAC-SHA256 over the domain's length, the domain and the value, as 64
   * hexadecimal digits. The same value in the same domain has the same pseudonym, whatever extract
   * it came with.
   */
  public String pseudonym(String domain, String value) {
    return HexFormat.of().formatHex(digest("%d:%s%s".formatted(domain.length(), domain, value)));
  }

  private byte[] digest(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "key " + id();
  }
}
