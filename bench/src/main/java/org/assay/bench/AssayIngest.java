package org.assay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.BronzeIngest;
import org.assay.bronze.BronzeSettings;
import org.assay.common.config.Settings;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.spark.SparkSessions;
import org.assay.common.table.Tables;

/** Ingests one file into a new lake, in a warm session, and tells rows, seconds and peak memory. */
public final class AssayIngest {
  private AssayIngest() {}

  /**
   * @param arguments the file, a smaller one of the same format to warm up with, and a folder for
   *     the lakes
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSessions.local("bench", "local[2]");
    Path lakes = Path.of(arguments[2]);
    ingest(spark, Path.of(arguments[1]), lakes.resolve("warm"));
    long begin = System.nanoTime();
    long rows = ingest(spark, Path.of(arguments[0]), lakes.resolve("measured"));
    double seconds = (System.nanoTime() - begin) / 1e9;
    spark.stop();
    System.out.printf("RESULT %d %.2f %d%n", rows, seconds, Memory.peakMegabytes());
  }

  private static long ingest(SparkSession spark, Path file, Path lake) throws IOException {
    Files.createDirectories(lake);
    Path conf =
        Files.writeString(
            lake.resolve("assay.conf"),
            """
            assay { extracts.people {
              path = "%s", format = %s, load = full, extract_date = "2011-03-27"
              columns = [ { name = person }, { name = sector }, { name = region }, { name = ethnicity },
                          { name = deprivation }, { name = age_band }, { name = bad_health } ]
            } }
            """
                .formatted(
                    file.toAbsolutePath(),
                    file.toString().endsWith(".parquet") ? "parquet" : "csv"));
    BronzeSettings settings =
        Settings.load(
            conf,
            Map.of(),
            Map.of(),
            root -> {
              root.acceptTheRest();
              root.sections("extracts").values().forEach(extract -> extract.acceptTheRest());
              return BronzeSettings.from(root);
            });
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(lake.toUri());
    Tables tables = new DeltaTables(spark, new TableRoot(root));
    DeliveryRegister register = new DeliveryRegister(spark, tables);
    RunJournal journal =
        new RunJournal("bench", Clock.systemUTC(), step -> {}, System.err::println);
    new BronzeIngest(settings, register, root)
        .run(new RunContext(spark, tables, journal, Clock.systemUTC(), "bench"));
    return register.of("people").get(0).rows();
  }
}
