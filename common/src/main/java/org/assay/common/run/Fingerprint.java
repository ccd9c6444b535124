package org.assay.common.run;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Digests that tell whether something has changed. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The SHA-256 of the parts, as 64 hexadecimal digits: of records what they are called and their
   * components (of two choices without any, only the name tells which), of lists their entries in
   * order, of sets and maps theirs in any order, of anything else its text. Each is preceded by its
   * length, so that no two run together: a list of "a, b" is not one of "a" and "b".
   */
  public static String of(Object... parts) {
    MessageDigest digest = sha256();
    for (Object part : parts) {
      update(digest, part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Object part) {
    if (part instanceof Record record) {
      updateText(digest, record.getClass().getSimpleName());
      components(record).forEach((name, value) -> updateAll(digest, name, List.of(value)));
    } else if (part instanceof Set<?> set) {
      updateUnordered(digest, "set", set.stream().map(Fingerprint::of).toList());
    } else if (part instanceof Collection<?> list) {
      updateAll(digest, "list", list);
    } else if (part instanceof Map<?, ?> map) {
      updateUnordered(
          digest,
          "map",
          map.entrySet().stream()
              .map(entry -> of(List.of(entry.getKey(), entry.getValue())))
              .toList());
    } else if (part instanceof Optional<?> optional) {
      updateAll(digest, "optional", optional.map(List::<Object>of).orElse(List.of()));
    } else {
      updateText(digest, String.valueOf(part));
    }
  }

  /** What has no order, in one: immutable sets and maps come in another in every process. */
  private static void updateUnordered(MessageDigest digest, String what, List<String> parts) {
    updateAll(digest, what, parts.stream().sorted().toList());
  }

  private static void updateAll(MessageDigest digest, String what, Collection<?> parts) {
    updateText(digest, what + " of " + parts.size());
    parts.forEach(part -> update(digest, part));
  }

  private static void updateText(MessageDigest digest, String part) {
    byte[] text = part.getBytes(StandardCharsets.UTF_8);
    digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(text);
  }

  private static Map<String, Object> components(Record record) {
    Map<String, Object> components = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true); // the record itself may be private
        components.put(component.getName(), component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Cannot read %s of %s".formatted(component, record), e);
      }
    }
    return components;
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
