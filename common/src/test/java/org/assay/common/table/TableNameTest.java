package org.assay.common.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableNameTest {
  @Test
  void namesAreReadAsTheyAreWritten() {
    TableName name = TableName.goldExact("model_terms");

    assertThat(name).hasToString("gold_exact.model_terms");
    assertThat(TableName.parse("gold_exact.model_terms")).contains(name);
  }

  @Test
  void whatIsNotATableIsEmpty() {
    assertThat(TableName.parse("attic.boxes")).isEmpty();
    assertThat(TableName.parse("silver")).isEmpty();
    assertThat(TableName.parse("silver.Not A Table")).isEmpty();
  }

  @Test
  void aNameThatNoTableCanHaveIsRefused() {
    assertThatThrownBy(() -> TableName.silver("../secrets"))
        .hasMessageContaining("cannot be a table name");
  }
}
