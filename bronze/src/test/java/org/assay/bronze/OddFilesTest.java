package org.assay.bronze;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Pending;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as they come: what becomes of each, in which words, and which rows bronze has then. */
@ExtendWith(SharedSpark.class)
@TestInstance(Lifecycle.PER_CLASS)
class OddFilesTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** Extracts by name, with what makes them special; each has the columns id and name. */
  private static final Map<String, String> EXTRACTS = extracts();

  /**
   * A file.
   *
   * @param extract the extract it is for
   * @param name its name
   * @param content its bytes
   * @param state the state it ends in
   * @param reason why; empty for none
   * @param rows what bronze has: row number, id, name, what is malformed, what is rescued
   */
  record OddFile(
      String extract, String name, byte[] content, String state, String reason, List<String> rows) {
    @Override
    public String toString() {
      return extract + "/" + name;
    }
  }

  private static final String NO_ROWS =
      "EMPTY_DELIVERY: %s and no rows: it says that there is nobody. Ask for the file again, or set"
          + " extracts.%s.allow_empty = true if that may be.";

  private static Map<String, String> extracts() {
    Map<String, String> extracts = new LinkedHashMap<>();
    extracts.put("csv", "format = csv");
    extracts.put("full", "format = csv, load = full");
    extracts.put("nobody", "format = csv, load = full, allow_empty = true");
    extracts.put("semicolon", "format = csv, csv { delimiter = \";\" }");
    extracts.put("tabs", "format = csv, csv { delimiter = \"\\t\", quote = \"\" }");
    extracts.put("windows", "format = csv, csv { encoding = windows-1252 }");
    extracts.put("utf16", "format = csv, csv { encoding = UTF-16LE }");
    extracts.put("headless", "format = csv, csv { header = false }");
    extracts.put("escaped", "format = csv, csv { escape = \"\\\\\" }");
    extracts.put("apostrophe", "format = csv, csv { quote = \"'\" }");
    extracts.put("rescue", "format = csv, on_new_column = rescue");
    extracts.put("strict", "format = csv, on_new_column = refuse");
    extracts.put("lenient", "format = csv, on_missing_column = null");
    extracts.put("json", "format = json");
    extracts.put("parquet", "format = parquet");
    extracts.put("parts", "format = csv, load = full");
    extracts.put("required", "format = csv, manifest = required");
    return extracts;
  }

  private static OddFile odd(
      String extract, String name, String content, String state, String reason, String... rows) {
    return odd(extract, name, content.getBytes(UTF_8), state, reason, rows);
  }

  private static OddFile odd(
      String extract, String name, byte[] content, String state, String reason, String... rows) {
    return new OddFile(extract, name, content, state, reason, List.of(rows));
  }

  /** As other libraries write times. */
  private static byte[] nanoseconds() {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message row { required int64 id; required int64 name (TIMESTAMP(NANOS,true)); }");
    try {
      Path file = Files.createTempDirectory("odd").resolve("nanoseconds.parquet");
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
              .withType(type)
              .build()) {
        writer.write(new SimpleGroup(type).append("id", 1L).append("name", 2L));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<OddFile> files() {
    byte[] zipped = SmallLanding.gzip("id,name\n1,Ann\n");
    List<OddFile> files = new ArrayList<>();
    // what CSV allows
    files.add(odd("csv", "bom.csv", "\uFEFFid,name\n1,Ann\n", "complete", "", "1|1|Ann"));
    files.add(odd("csv", "crlf.csv", "id,name\r\n1,Ann\r\n", "complete", "", "1|1|Ann"));
    files.add(odd("csv", "mac.csv", "id,name\r1,Ann\r2,Bob", "complete", "", "1|1|Ann", "2|2|Bob"));
    files.add(odd("csv", "no-newline.csv", "id,name\n1,Bo", "complete", "", "1|1|Bo"));
    files.add(
        odd(
            "csv",
            "null-or-empty.csv",
            "id,name\n1,\n2,\"\"\n",
            "complete",
            "",
            "1|1|null",
            "2|2|"));
    files.add(
        odd(
            "csv",
            "comma.csv",
            "id,name\n1,\"Edinburgh, City of\"\n",
            "complete",
            "",
            "1|1|Edinburgh, City of"));
    files.add(odd("csv", "two-lines.csv", "id,name\n1,\"a\r\nb\"\n", "complete", "", "1|1|a\r\nb"));
    files.add(
        odd(
            "csv",
            "quotes.csv",
            "id,name\n1,\"say \"\"no\"\"\"\n",
            "complete",
            "",
            "1|1|say \"no\""));
    files.add(odd("csv", "inches.csv", "id,name\n1,5\" pipe\n", "complete", "", "1|1|5\" pipe"));
    files.add(
        odd(
            "csv",
            "blank-lines.csv",
            "id,name\n\n1,Ann\n\n\n2,Bob\n",
            "complete",
            "",
            "1|1|Ann",
            "2|2|Bob"));
    files.add(odd("csv", "blanks.csv", "id,name\n 1 ,\" Ann \"\n", "complete", "", "1| 1 | Ann "));
    files.add(odd("csv", "hash.csv", "id,name\n#1,Ann\n", "complete", "", "1|#1|Ann"));
    files.add(odd("csv", "zipped.csv.gz", zipped, "complete", "", "1|1|Ann"));
    files.add(
        odd("csv", "thin.csv", "id,name\n1,\u200BAnn😀\n", "complete", "", "1|1|\u200BAnn😀"));
    files.add(odd("csv", "replacement.csv", "id,name\n1,\uFFFD\n", "complete", "", "1|1|\uFFFD"));
    // malformed rows
    files.add(
        odd(
            "csv",
            "few.csv",
            "id,name\n1\n2,Bob\n",
            "complete",
            "",
            "1|null|null|1 field, not 2|1",
            "2|2|Bob"));
    files.add(
        odd(
            "csv",
            "many.csv",
            "id,name\n1,Ann,x\n",
            "complete",
            "",
            "1|null|null|3 fields, not 2|1,Ann,x"));
    files.add(
        odd(
            "csv",
            "open-quote.csv",
            "id,name\n1,\"Ann\n2,Bob\n3,Cy\n",
            "complete",
            "",
            "1|null|null|a quote is not closed|1,\"Ann",
            "2|2|Bob",
            "3|3|Cy"));
    files.add(
        odd(
            "csv",
            "after-quote.csv",
            "id,name\n1,\"Ann\"e\n2,Bob\n",
            "complete",
            "",
            "1|null|null|something follows a closing quote|1,\"Ann\"e",
            "2|2|Bob"));
    files.add(
        odd(
            "csv",
            "latin.csv",
            "id,name\n1,Orléans\n2,Bob\n".getBytes(ISO_8859_1),
            "complete",
            "",
            "1|null|null|bytes are not UTF-8|1,Orl\\xE9ans",
            "2|2|Bob"));
    files.add(
        odd(
            "csv",
            "cut-character.csv",
            cut("id,name\n1,Zoë".getBytes(UTF_8)),
            "complete",
            "",
            "1|null|null|bytes are not UTF-8|1,Zo\\xC3"));
    files.add(
        odd(
            "csv",
            "endless.csv",
            "id,name\n" + ",".repeat(10_000) + "\n",
            "complete",
            "",
            "1|null|null|more than 10,000 fields|" + ",".repeat(10_000)));
    files.add(
        odd(
            "csv",
            "nul.csv",
            "id,name\n1,a\0b\n2,\"\0c\"\n",
            "complete",
            "",
            "1|1|a\0b",
            "2|2|\0c"));
    // dialects
    files.add(odd("semicolon", "a.csv", "id;name\n1;a,b\n", "complete", "", "1|1|a,b"));
    files.add(odd("tabs", "a.csv", "id\tname\n1\tsay \"no\"\n", "complete", "", "1|1|say \"no\""));
    files.add(
        odd(
            "windows",
            "a.csv",
            "id,name\n1,Zoë €\n".getBytes(WINDOWS),
            "complete",
            "",
            "1|1|Zoë €"));
    files.add(
        odd(
            "windows",
            "b.csv",
            bytes("id,name\n1,x", 0x81, "\n"),
            "complete",
            "",
            "1|null|null|bytes are not windows-1252|1,x\\x81"));
    files.add(
        odd("utf16", "a.csv", "id,name\n1,Zoë\n".getBytes(UTF_16LE), "complete", "", "1|1|Zoë"));
    files.add(odd("headless", "a.csv", "1,Ann\n2,Bob\n", "complete", "", "1|1|Ann", "2|2|Bob"));
    files.add(odd("escaped", "a.csv", "id,name\n1,\"a \\\" b\"\n", "complete", "", "1|1|a \" b"));
    files.add(odd("apostrophe", "a.csv", "id,name\n1,'a,b'\n", "complete", "", "1|1|a,b"));
    // columns
    files.add(
        odd(
            "csv",
            "more.csv",
            "name,cost (GBP),id,a.b,a;b,x\ty\nAnn,5,1,p,q,r\n",
            "complete",
            "",
            "1|1|Ann"));
    files.add(odd("csv", "capitals.csv", "ID,Name\n1,Ann\n", "complete", "", "1|1|Ann"));
    files.add(odd("csv", "twice.csv", "id,name,x,X,\n1,Ann,p,q,r\n", "complete", "", "1|1|Ann"));
    files.add(odd("csv", "ours.csv", "id,name,_delivery_id\n1,Ann,p\n", "complete", "", "1|1|Ann"));
    files.add(
        odd("csv", "lines.csv", "id,name,\"two\nlines\"\n1,Ann,p\n", "complete", "", "1|1|Ann"));
    files.add(
        odd(
            "csv",
            "declared-twice.csv",
            "id,name,ID\n1,Ann,2\n",
            "refused",
            "declared-twice.csv names id more than once (small and capital letters are the same). Name each column once upstream."));
    files.add(
        odd(
            "rescue",
            "a.csv",
            "id,name,x\n1,Ann,p\n",
            "complete",
            "",
            "1|1|Ann|null|{\"x\":\"p\"}"));
    files.add(
        odd(
            "strict",
            "a.csv",
            "id,name,x\n1,Ann,p\n",
            "refused",
            "a.csv has a column that extracts.strict.columns does not declare (x), and on_new_column = refuse. Declare them, or ask for the file without."));
    files.add(odd("lenient", "a.csv", "id\n1\n", "complete", "", "1|1|null"));
    files.add(
        odd(
            "csv",
            "missing.csv",
            "id,nom\n1,Ann\n",
            "refused",
            "missing.csv has no column \"name\". It has: id, nom (2 columns). Map it in extracts.csv.columns, or ask for the file again."));
    files.add(
        odd(
            "csv",
            "no-header.csv",
            "1,Ann\n2,Bob\n",
            "refused",
            "no-header.csv has none of the declared columns (id, name): its header may be missing. Ask for the file with its header."));
    files.add(
        odd(
            "csv",
            "semicolons.csv",
            "id;name\n1;Ann\n",
            "refused",
            "semicolons.csv has one column: its values are not separated by commas. Ask for commas, or set extracts.csv.csv.delimiter."));
    files.add(
        odd(
            "csv",
            "utf16.csv",
            "id,name\n1,Ann\n".getBytes(UTF_16LE),
            "refused",
            "utf16.csv is not in UTF-8: its header cannot be read. Ask for it in UTF-8, or set extracts.csv.csv.encoding."));
    // damage
    files.add(
        odd(
            "csv",
            "empty.csv",
            "",
            "refused",
            "empty.csv is empty: it has not even a header. Ask for the file again."));
    files.add(
        odd(
            "csv",
            "half.csv.gz",
            Arrays.copyOf(zipped, zipped.length - 12),
            "refused",
            "half.csv.gz is damaged: it ends too early. Nothing of it was used; ask for the file again."));
    files.add(
        odd(
            "csv",
            "long-half.csv.gz",
            half(SmallLanding.gzip("id,name\n" + random(60_000))),
            "refused",
            "long-half.csv.gz is damaged: it ends too early. Nothing of it was used; ask for the file again."));
    files.add(
        odd(
            "csv",
            "not.csv.gz",
            "id,name\n1,Nobody\n",
            "refused",
            "not.csv.gz is damaged: its name says gzip, and it is not. Nothing of it was used; ask for the file again."));
    files.add(
        odd(
            "parquet",
            "not.parquet",
            "id,name\n1,Ann\n",
            "refused",
            "not.parquet is damaged: it is not a whole Parquet file. Nothing of it was used; ask for the file again."));
    files.add(
        odd(
            "parquet",
            "nanoseconds.parquet",
            nanoseconds(),
            "refused",
            "nanoseconds.parquet cannot be read as a table: it names a column more than once, or has a type that Spark does not know, such as a time in nanoseconds. Ask for the file with each column once, and times in microseconds."));
    files.add(
        odd(
            "csv",
            "one-line.csv",
            "9434765919,Ann",
            "refused",
            "one-line.csv has none of the declared columns (id, name): its header may be missing. Ask for the file with its header."));
    // nobody
    files.add(odd("parts", "p1.csv", "id,name\n1,Ann\n", "complete", "", "1|1|Ann"));
    files.add(odd("parts", "p2.csv", "id,name\n", "complete", ""));
    files.add(odd("csv", "header.csv", "id,name\n", "complete", ""));
    files.add(
        odd(
            "full",
            "header.csv",
            "id,name",
            "refused",
            NO_ROWS.formatted("header.csv has a header", "full")));
    files.add(odd("nobody", "header.csv", "id,name\n", "complete", ""));
    // JSON
    files.add(
        odd(
            "json",
            "a.json",
            "{\"id\": 1, \"name\": \"Ann\"}\n\n{\"name\": null, \"id\": 1.50, \"x\": {\"y\": [1, 2]}}\n",
            "complete",
            "",
            "1|1|Ann",
            "2|1.50|null"));
    files.add(
        odd(
            "json",
            "b.json",
            "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2\n[3]\n{\"id\": 4, \"id\": 5}\n{\"id\": 6} 7\n",
            "complete",
            "",
            "1|1|Ann",
            "2|null|null|not one JSON object|{\"id\": 2",
            "3|null|null|not one JSON object|[3]",
            "4|null|null|not one JSON object|{\"id\": 4, \"id\": 5}",
            "5|null|null|not one JSON object|{\"id\": 6} 7"));
    files.add(
        odd(
            "json",
            "none.json",
            "[1]\n{\"id\": \n",
            "complete",
            "",
            "1|null|null|not one JSON object|[1]",
            "2|null|null|not one JSON object|{\"id\": "));
    files.add(
        odd(
            "json",
            "c.json",
            "{\"id\": \"1\"}\n",
            "refused",
            "c.json has no column \"name\". It has: id (1 column). Map it in extracts.json.columns, or ask for the file again."));
    // manifests
    files.add(
        odd(
            "required",
            "alone.csv",
            "id,name\n1,Ann\n",
            "received",
            "Waits for its manifest, alone.csv.manifest.json."));
    files.add(
        odd(
            "required",
            "empty-manifest.csv",
            "id,name\n1,Ann\n",
            "incomplete",
            "Its manifest empty-manifest.csv.manifest.json cannot be used: it has neither rows nor sha256 of the file."));
    files.add(
        odd(
            "csv",
            "cut.csv",
            "id,name\n1,Ann\n",
            "incomplete",
            "cut.csv has 1 row, and its manifest says 2."));
    files.add(
        odd(
            "csv",
            "odd.csv",
            "id,name\n1,Ann\n",
            "incomplete",
            "Its manifest odd.csv.manifest.json cannot be used: \"row\" is none of its fields (extract, extract_date, load, rows, sha256, exhaustive, revision, supersedes, parts)."));
    files.add(
        odd(
            "csv",
            "half-manifest.csv",
            "id,name\n1,Ann\n",
            "incomplete",
            "Its manifest half-manifest.csv.manifest.json cannot be used: it is not JSON."));
    files.add(
        odd(
            "csv",
            "day.csv",
            "id,name\n1,Ann\n",
            "incomplete",
            "Its manifest day.csv.manifest.json cannot be used: extract_date is not a date like 2026-03-31."));
    return files;
  }

  private static final Map<String, String> MANIFESTS =
      Map.of(
          "csv/cut.csv", "{\"rows\": 2}",
          "parts/march", "{\"parts\": [{\"file\": \"p1.csv\"}, {\"file\": \"p2.csv\"}]}",
          "required/empty-manifest.csv", "{}",
          "csv/odd.csv", "{\"row\": 2}",
          "csv/half-manifest.csv", "{\"rows\": ",
          "csv/day.csv", "{\"extract_date\": \"31/03/2026\"}");

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] bytes(String before, int one, String after) {
    byte[] start = before.getBytes(UTF_8);
    byte[] end = after.getBytes(UTF_8);
    byte[] all = Arrays.copyOf(start, start.length + 1 + end.length);
    all[start.length] = (byte) one;
    System.arraycopy(end, 0, all, start.length + 1, end.length);
    return all;
  }

  private static String random(int rows) {
    Random random = new Random(7);
    return IntStream.range(0, rows)
        .mapToObj(i -> i + "," + Long.toHexString(random.nextLong()))
        .collect(Collectors.joining("\n"));
  }

  private final SparkSession spark;
  private SmallLanding landing;

  OddFilesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void ingestAll(@TempDir Path folder) {
    landing = new SmallLanding(spark, folder, TestTables.quick(spark, folder.resolve("lake")));
    StringBuilder conf = new StringBuilder();
    EXTRACTS.forEach(
        (name, special) ->
            conf.append(
                """
                extracts.%s {
                  path = "landing/%1$s", load = delta, extract_date = "2026-03-31"
                  columns = [ { name = id }, { name = name } ]
                  %s
                }
                """
                    .formatted(name, special)));
    landing.configure(conf.toString());
    for (OddFile file : files()) {
      landing.write("landing/%s/%s".formatted(file.extract(), file.name()), file.content());
    }
    MANIFESTS.forEach((file, text) -> landing.write("landing/" + file + ".manifest.json", text));
    landing.ingest();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void endsAsItShould(OddFile odd) {
    List<Pending> pending =
        landing.register().pending(odd.extract()).stream()
            .filter(p -> p.file().name().equals(odd.name()))
            .toList();
    List<Delivery> deliveries =
        landing.register().of(odd.extract()).stream()
            .filter(d -> d.file().name().equals(odd.name()))
            .toList();

    assertThat(pending.size() + deliveries.size()).isEqualTo(1);
    if (deliveries.isEmpty()) {
      assertThat(pending.get(0).reason()).isEqualTo(odd.reason());
      assertThat(pending.get(0).state().text()).isEqualTo(odd.state());
      assertThat(odd.rows()).isEmpty();
    } else {
      Delivery delivery = deliveries.get(0);
      assertThat(delivery.state().text()).isEqualTo(odd.state());
      assertThat(delivery.reason()).isEqualTo(odd.reason());
      assertThat(delivery.rows()).isEqualTo(odd.rows().size());
      assertThat(delivery.receipt().malformed())
          .isEqualTo(
              odd.rows().stream()
                  .filter(row -> row.matches("(?s)\\d+\\|null\\|null\\|.*"))
                  .count());
      assertThat(rows(odd, delivery)).isEqualTo(odd.rows());
    }
  }

  private List<String> rows(OddFile odd, Delivery delivery) {
    return bronze(odd.extract()).stream()
        .filter(row -> row.<String>getAs("_delivery_id").equals(delivery.id()))
        .map(OddFilesTest::text)
        .toList();
  }

  private final Map<String, List<Row>> read = new LinkedHashMap<>();

  private List<Row> bronze(String extract) {
    return read.computeIfAbsent(extract, landing::bronze);
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    List<String> columns = List.of("_row_number", "id", "name", "_malformed", "_rescued");
    boolean isPlain =
        row.isNullAt(row.fieldIndex("_malformed")) && row.isNullAt(row.fieldIndex("_rescued"));
    for (String column : isPlain ? columns.subList(0, 3) : columns) {
      boolean isThere = List.of(row.schema().fieldNames()).contains(column);
      text.append(text.isEmpty() ? "" : "|").append(isThere ? row.<Object>getAs(column) : null);
    }
    return text.toString();
  }

  @Test
  void columnsKeepTheirNamesAndAreKeptApart() {
    assertThat(bronze("csv").get(0).schema().fieldNames())
        .contains(
            "cost (GBP)",
            "a.b",
            "a;b",
            "x\ty",
            "x",
            "X (2)",
            "column 5",
            "_delivery_id (2)",
            "two\nlines");
  }

  @Test
  void noFileIsForgotten() {
    for (String extract : EXTRACTS.keySet()) {
      List<String> known = new ArrayList<>();
      landing.register().of(extract).forEach(d -> known.add(d.file().name()));
      landing.register().pending(extract).forEach(p -> known.add(p.file().name()));
      assertThat(known)
          .containsExactlyInAnyOrderElementsOf(
              files().stream()
                  .filter(f -> f.extract().equals(extract))
                  .map(OddFile::name)
                  .toList());
    }
    assertThat(files()).hasSizeGreaterThan(40);
  }
}
