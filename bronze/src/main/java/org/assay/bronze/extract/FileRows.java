package org.assay.bronze.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assay.common.run.Sentences;

/**
 * The rows of one file, in the order of {@link org.assay.common.contract.BronzeContract}: read
 * once, with nothing of it kept. Where the file ends its digest and number of rows must be those
 * that were announced; otherwise the task fails, and nothing is committed.
 */
final class FileRows implements Iterator<Row> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OWN = 7;
  private static final int REPORTED = 10_000;

  private final FileTask task;
  private final Instant now;
  private final int width;
  private final Consumer<Tally> tallies;
  private final LongConsumer progress;
  private final OpenFile file;
  private final Records records;
  private final long begin = System.nanoTime();
  private long rows;
  private long malformed;
  private boolean isDone;

  /**
   * @param width columns of bronze besides Assay's own
   * @param tallies told once, at the end
   * @param progress told rows as they are read
   */
  FileRows(
      FileTask task,
      Instant now,
      int width,
      Configuration hadoop,
      Consumer<Tally> tallies,
      LongConsumer progress) {
    this.task = task;
    this.now = now;
    this.width = width;
    this.tallies = tallies;
    this.progress = progress;
    this.file = OpenFile.open(task.path(), task.dialect().charset(), hadoop);
    this.records =
        OpenFile.reading(
            task.path(),
            path -> TextFormats.records(file, task.format(), task.dialect(), task.columns()));
    if (!records.columns().equals(task.columns()) && !records.columns().isEmpty()) {
      throw changed();
    }
  }

  @Override
  public boolean hasNext() {
    boolean more = OpenFile.reading(task.path(), path -> records.hasNext());
    if (!more && !isDone) {
      finish();
    }
    return more;
  }

  private void finish() {
    isDone = true;
    String digest = file.digest();
    close();
    if (!digest.equals(task.digest())) {
      throw changed();
    }
    if (task.rows() >= 0 && rows != task.rows()) {
      throw FileFault.incomplete(
          task.path(),
          Sentences.format(
              "%s has %s, and its manifest says %,d.",
              task.name(), Sentences.count(rows, "row", "rows"), task.rows()));
    }
    progress.accept(rows % REPORTED);
    tallies.accept(new Tally(task.deliveryId(), rows, malformed, System.nanoTime() - begin));
  }

  private FileFault changed() {
    return FileFault.incomplete(
        task.path(),
        "%s changed while it was read; it may still be being written.".formatted(task.name()));
  }

  private void close() {
    try {
      records.close();
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + task.path(), e);
    }
  }

  @Override
  public Row next() {
    SourceRecord record = OpenFile.reading(task.path(), path -> records.next());
    rows++;
    if (rows % REPORTED == 0) {
      progress.accept(REPORTED);
    }
    Object[] row = new Object[OWN + width];
    row[0] = task.deliveryId();
    row[1] = LocalDate.ofEpochDay(task.epochDay());
    row[2] = task.name();
    row[3] = rows;
    row[4] = now;
    if (record.malformed() != null) {
      malformed++;
      row[5] = record.malformed();
      row[6] = record.text();
    } else {
      place(record.values(), row);
    }
    return RowFactory.create(row);
  }

  private void place(String[] values, Object[] row) {
    for (int i = 0; i < values.length; i++) {
      int place = task.places()[i];
      if (place >= 0) {
        row[OWN + place] = values[i];
      }
    }
    if (task.rescues()) {
      row[6] = rescued(values);
    }
  }

  private String rescued(String[] values) {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < values.length; i++) {
      if (task.places()[i] < 0) {
        object.put(task.names().get(i), values[i]);
      }
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can always be written as JSON", e);
    }
  }
}
