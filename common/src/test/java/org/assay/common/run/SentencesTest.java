package org.assay.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void oneIsNotMany() {
    assertThat(Sentences.people(1)).isEqualTo("1 person");
    assertThat(Sentences.people(5_295_403)).isEqualTo("5,295,403 people");
  }

  @Test
  void listsReadAsSentencesDo() {
    assertThat(Sentences.list(List.of())).isEmpty();
    assertThat(Sentences.list(List.of("3"))).isEqualTo("3");
    assertThat(Sentences.list(List.of("3", "4", "5"))).isEqualTo("3, 4 and 5");
  }
}
