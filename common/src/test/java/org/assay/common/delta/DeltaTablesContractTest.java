package org.assay.common.delta;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.table.TablesContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class DeltaTablesContractTest extends TablesContract {
  @TempDir private Path lake;

  DeltaTablesContractTest(SparkSession spark) {
    super(spark);
  }

  @Override
  protected TestTables open() {
    return TestTables.delta(spark, lake);
  }
}
