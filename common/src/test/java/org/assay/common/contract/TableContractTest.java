package org.assay.common.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TableContractTest {
  private static final Path PAGE = Path.of("..", "docs", "tables.md");

  /** Run with -Dassay.docs=write to write the page again. */
  @Test
  void theTableReferenceSaysWhatTheCodePromises() throws IOException {
    if ("write".equals(System.getProperty("assay.docs"))) {
      Files.writeString(PAGE, TableReference.markdown());
    }

    assertThat(Files.readString(PAGE)).isEqualTo(TableReference.markdown());
  }

  @Test
  void aRowMustHaveEveryColumn() {
    assertThatThrownBy(() -> OpsContract.STEPS.row().set("run_id", "r").build())
        .hasMessage("step_order is missing in a row of ops.steps");
  }

  @Test
  void aRowCannotHaveAColumnOfItsOwn() {
    ContractRow row = BronzeContract.EXTRACT.row();

    assertThatThrownBy(() -> row.set("extra", 1))
        .hasMessage("extra is no column of bronze.<extract>");
  }
}
