package org.assay.common.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitNoteTest {
  @Test
  void whatIsWrittenIsRead() {
    CommitNote note = new CommitNote("run-1", "gold model_terms", Map.of("b", "2", "a", "1"));

    assertThat(CommitNote.parse(note.toJson())).contains(note);
  }

  @Test
  void partsAreWrittenInOneOrder() {
    CommitNote note = new CommitNote("r", "s", Map.of("b", "2", "a", "1"));

    assertThat(note.toJson()).contains("\"madeOf\":{\"a\":\"1\",\"b\":\"2\"}");
  }

  @Test
  void theNoteOfAnotherToolIsNotOurs() {
    assertThat(CommitNote.parse("compacted by hand")).isEmpty();
    assertThat(CommitNote.parse("{\"other\":1}")).isEmpty();
  }
}
