package org.assay.bronze.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private List<Row> read(String text) throws IOException {
    return read(file("in.csv", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Row> read(Path file) {
    List<Row> rows = new ArrayList<>();
    CsvRecords.open(file.toString(), HADOOP).forEachRemaining(rows::add);
    return rows;
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }

  @Test
  void rowsAreNumberedFromTheFirstRecord() throws IOException {
    assertThat(read("a,b\n1,2\n3,4\n"))
        .containsExactly(row("1", "2", 1L, null), row("3", "4", 2L, null));
  }

  @Test
  void quotesCommasAndLineBreaksBelongToTheValue() throws IOException {
    assertThat(read("a,b\n\"Edinburgh, City of\",\"say \"\"no\"\"\"\n\"two\nlines\",x\n"))
        .containsExactly(
            row("Edinburgh, City of", "say \"no\"", 1L, null), row("two\nlines", "x", 2L, null));
  }

  @Test
  void nothingAndAnEmptyTextAreTwoThings() throws IOException {
    assertThat(read("a,b,c\n,\"\", x \n")).containsExactly(row(null, "", " x ", 1L, null));
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkDoNotMatter() throws IOException {
    assertThat(read("\uFEFFa,b\r\n1,2\r\n")).containsExactly(row("1", "2", 1L, null));
    try (CsvRecords records = CsvRecords.open(folder.resolve("in.csv").toString(), HADOOP)) {
      assertThat(records.header()).containsExactly("a", "b");
    }
  }

  @Test
  void aRecordThatDoesNotFitIsRescuedAsItStood() throws IOException {
    assertThat(read("a,b\n1,2\n3\n4,5,6\n7,8\n"))
        .containsExactly(
            row("1", "2", 1L, null),
            row(null, null, 2L, "3"),
            row(null, null, 3L, "4,5,6"),
            row("7", "8", 4L, null));
  }

  @Test
  void bytesThatAreNotUtf8AreRescued() throws IOException {
    Path latin =
        file("latin.csv", "a,b\n1,Orléans\n2,York\n".getBytes(StandardCharsets.ISO_8859_1));

    List<Row> rows = read(latin);

    assertThat(rows.get(0).isNullAt(1)).isTrue();
    assertThat(rows.get(0).getString(3)).startsWith("1,Orl");
    assertThat(rows.get(1)).isEqualTo(row("2", "York", 2L, null));
  }

  @Test
  void gzipIsKnownByItsName() throws IOException {
    Path zipped = folder.resolve("in.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(read(zipped)).containsExactly(row("1", 1L, null));
  }

  @Test
  void anEmptyFileHasNoHeaderAndAHeaderHasNoRows() throws IOException {
    file("empty.csv", new byte[0]);
    try (CsvRecords empty = CsvRecords.open(folder.resolve("empty.csv").toString(), HADOOP)) {
      assertThat(empty.header()).isEmpty();
      assertThat(empty.hasNext()).isFalse();
    }
    assertThat(read("a,b\n")).isEmpty();
  }
}
