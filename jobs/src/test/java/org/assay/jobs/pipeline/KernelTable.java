package org.assay.jobs.pipeline;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A Delta table as a reader without Spark sees it.
 *
 * @param readerVersion what the table asks of its readers
 * @param rows how many there are
 * @param sums of each column of doubles
 */
record KernelTable(int readerVersion, long rows, Map<String, Double> sums) {

  static KernelTable read(String path) throws IOException {
    Engine engine = DefaultEngine.create(new Configuration());
    Snapshot snapshot = Table.forPath(engine, path).getLatestSnapshot(engine);
    StructType schema = snapshot.getSchema(engine);
    Scan scan = snapshot.getScanBuilder(engine).build();
    Row state = scan.getScanState(engine);
    Map<String, Double> sums = new TreeMap<>();
    long rows = 0;
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> ofBatch = files.next().getRows()) {
          while (ofBatch.hasNext()) {
            rows += add(engine, state, ofBatch.next(), schema, sums);
          }
        }
      }
    }
    int version = ((SnapshotImpl) snapshot).getProtocol().getMinReaderVersion();
    return new KernelTable(version, rows, sums);
  }

  private static long add(
      Engine engine, Row state, Row file, StructType schema, Map<String, Double> sums)
      throws IOException {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(engine, state);
    CloseableIterator<ColumnarBatch> data =
        engine
            .getParquetHandler()
            .readParquetFiles(Utils.singletonCloseableIterator(status), physical, Optional.empty());
    long rows = 0;
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(engine, state, file, data)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> all = batches.next().getRows()) {
          while (all.hasNext()) {
            add(all.next(), schema, sums);
            rows++;
          }
        }
      }
    }
    return rows;
  }

  private static void add(Row row, StructType schema, Map<String, Double> sums) {
    for (int i = 0; i < schema.length(); i++) {
      DataType type = schema.at(i).getDataType();
      if (type.equals(DoubleType.DOUBLE) && !row.isNullAt(i)) {
        sums.merge(schema.at(i).getName(), row.getDouble(i), Double::sum);
      }
    }
  }
}
