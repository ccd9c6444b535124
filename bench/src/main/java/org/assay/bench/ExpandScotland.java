package org.assay.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.assay.common.spark.SparkSessions;

/**
 * Makes a file of one row per person from Scotland's census, which counts them: 5,295,403 rows, as
 * CSV.gz and as Parquet, the latter also in several files of the same rows in the same order; and
 * the first tenth of it, to see what grows.
 */
public final class ExpandScotland {
  private static final String HEADER =
      "person,sector,region,ethnicity,deprivation,age_band,bad_health\n";
  private static final int TENTH = 10;
  private static final int ROWS_OF_A_FILE = 1_000_000;

  private ExpandScotland() {}

  /**
   * @param arguments the folder of the data, and the folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    Path counts = Path.of(arguments[0], "scotland2011", "health_by_postcode_sector.csv.gz");
    Path target = Files.createDirectories(Path.of(arguments[1]));
    Path all = target.resolve("people.csv.gz");
    Path tenth = target.resolve("tenth.csv.gz");
    long people = expand(counts, all, Long.MAX_VALUE);
    expand(counts, tenth, people / TENTH);
    System.out.printf("%,d people in %s%n", people, all);
    SparkSession spark = SparkSessions.local("expand", "local[2]");
    for (Path csv : new Path[] {all, tenth}) {
      Path parts = target.resolve("parts");
      spark
          .read()
          .option("header", true)
          .csv(csv.toString())
          .coalesce(1)
          .write()
          .mode("overwrite")
          .parquet(parts.toString());
      try (var files = Files.list(parts)) {
        Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Files.move(
            part,
            Path.of(csv.toString().replace(".csv.gz", ".parquet")),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    spark
        .read()
        .parquet(target.resolve("people.parquet").toString())
        .coalesce(1)
        .write()
        .mode("overwrite")
        .option("maxRecordsPerFile", ROWS_OF_A_FILE)
        .parquet(target.resolve("people").toString());
    spark.stop();
  }

  private static long expand(Path counts, Path target, long most) throws IOException {
    long person = 0;
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(counts)), StandardCharsets.UTF_8));
        Writer out =
            new BufferedWriter(
                new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(target), 1 << 16),
                    StandardCharsets.UTF_8))) {
      out.write(HEADER);
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        // PS_code,PS_name,health_board,council_area,carstairs,quintile,decile,age,ethnicity,bad,fg,good,pop
        String[] f = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
        if (f[8].equals("all")) {
          continue; // repeats the other rows of its sector
        }
        int bad = Integer.parseInt(f[9]);
        int people = Integer.parseInt(f[12]);
        for (int i = 0; i < people && person < most; i++) {
          person++;
          out.write(
              person
                  + ","
                  + f[0]
                  + ","
                  + f[2]
                  + ","
                  + f[8]
                  + ","
                  + f[5]
                  + ","
                  + f[7]
                  + ","
                  + (i < bad ? "1" : "0")
                  + "\n");
        }
      }
    }
    return person;
  }
}
