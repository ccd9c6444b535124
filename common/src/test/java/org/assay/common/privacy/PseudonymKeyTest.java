package org.assay.common.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assay.common.privacy.KeySource.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digests were computed by another implementation of HMAC-SHA256. */
class PseudonymKeyTest {
  private static final String SECRET = "correct horse battery staple, and then some more";
  private static final PseudonymKey KEY = new PseudonymKey(SECRET.getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  @Test
  void aPseudonymIsAnHmacOfDomainAndValue() {
    assertThat(KEY.pseudonym("nhs_number", "9434765919"))
        .isEqualTo("16f55bf7b3a130c961512256ab56b867d538f3d512cbf68798ed03dabfeff37e");
  }

  @Test
  void domainsDoNotMeet() {
    assertThat(KEY.pseudonym("ab", "c")).isNotEqualTo(KEY.pseudonym("a", "bc"));
    assertThat(KEY.pseudonym("mrn", "1")).isNotEqualTo(KEY.pseudonym("nhs_number", "1"));
  }

  @Test
  void nothingButItsIdIsEverPrinted() {
    assertThat(KEY.id()).isEqualTo("10be84aec863c108");
    assertThat(KEY).hasToString("key " + KEY.id());
  }

  @Test
  void aShortKeyIsNone() {
    assertThatThrownBy(() -> new PseudonymKey(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 31 bytes; a key needs at least 32");
  }

  @Test
  void aFileComesBeforeTheEnvironment() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), SECRET + "\n");
    Map<String, String> environment = Map.of("KEY", "another key that is long enough to be one");

    assertThat(new KeySource(Optional.of(file.toString()), "KEY").find(environment))
        .isInstanceOfSatisfying(Found.Key.class, k -> assertThat(k.key().id()).isEqualTo(KEY.id()));
    assertThat(new KeySource(Optional.empty(), "KEY").find(Map.of("KEY", SECRET)))
        .isInstanceOfSatisfying(Found.Key.class, k -> assertThat(k.key().id()).isEqualTo(KEY.id()));
  }

  @Test
  void aKeyThatIsNotThereIsSaidToBeMissing() {
    assertThat(new KeySource(Optional.empty(), "KEY").find(Map.of()))
        .isInstanceOfSatisfying(
            Found.Nothing.class,
            nothing ->
                assertThat(nothing.sentence())
                    .startsWith("the environment variable KEY is not set."));
  }
}
