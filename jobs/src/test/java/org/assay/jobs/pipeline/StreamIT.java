package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same files by batch and by stream, in other orders and cuts: equal silver and gold. */
@ExtendWith(SharedSpark.class)
class StreamIT {
  private static final String CONFIGURATION =
      """
      assay {
        name = stream
        lake { uri = "lake" }
        stream { files_per_batch = 2 }
        extracts.counts {
          path   = "landing/{yyyy-MM-dd}_r{revision}.csv"
          format = csv
          load   = full
          key    = [region, grp]
          ingest = INGEST
          columns = [ { name = region }, { name = grp }, { name = ill, type = bigint }, { name = people, type = bigint } ]
          expectations = [
            { expect = expect_column_values_to_be_in_set, column = grp, value_set = [a, b], on_fail = quarantine }
          ]
        }
        populations.residents {
          sql     = "SELECT region, grp, ill, people FROM counts"
          count   = people
          region  { code = region }
          factors = [ { name = grp, reference = a, interest = true } ]
        }
        cohorts.illness {
          population = residents
          outcome    { events = ill }
          readiness  { min_cohort = 100, min_level = 10, compare_with = nothing }
          models     { crude { terms = grp, primary = true, engine = cells } }
        }
      }
      """;

  private final SparkSession spark;
  @TempDir private Path folder;

  StreamIT(SparkSession spark) {
    this.spark = spark;
  }

  /** The files, in the order of their dates. */
  private static Map<String, String> files() {
    String header = "region,grp,ill,people\n";
    Map<String, String> files = new LinkedHashMap<>();
    files.put("2026-03-31_r0.csv", header + "North,a,5,50\nNorth,b,6,60\n");
    files.put(
        "2026-04-30_r0.csv",
        header + "North,a,99,100\nNorth,b,1,100\nSouth,a,10,100\nSouth,b,9,90\n");
    files.put(
        "2026-04-30_r1.csv",
        header
            + "North,a,15,150\nNorth,b,26,160\nSouth,a,10,100\nSouth,b,29,90\nSouth,x,1,1\nbroken\n");
    files.put("2026-05-31_r0.csv", header + "South,b,19,95\n");
    files.put("2026-05-31_r0.csv.manifest.json", "{\"load\": \"DELTA\", \"rows\": 1}");
    files.put("2026-06-30_r0.csv", header + "North,a,1,1\n");
    files.put("2026-06-30_r0.csv.manifest.json", "{\"rows\": 3}"); // it is not whole
    return files;
  }

  /** Delivers the files in this order; a run after each name that is followed by an empty one. */
  private TestRun deliver(String ingest, String... order) {
    Path project = folder.resolve(ingest + order.length + order[0]);
    TestRun lake = TestRun.quick(spark, project.resolve("lake"));
    try {
      Files.createDirectories(project.resolve("landing"));
      Path conf =
          Files.writeString(project.resolve("assay.conf"), CONFIGURATION.replace("INGEST", ingest));
      for (String name : order) {
        if (name.isEmpty()) {
          lake.run(conf, Map.of());
        } else {
          Files.writeString(project.resolve("landing").resolve(name), files().get(name));
        }
      }
      lake.run(conf, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lake;
  }

  private static List<String> content(TestRun lake) {
    List<String> content = new ArrayList<>();
    for (String table :
        List.of("silver.counts", "silver.residents_cells", "gold_exact.model_fits")) {
      lake.read(table).toJSON().collectAsList().stream().sorted().forEach(content::add);
    }
    content.addAll(lake.gold("model_terms", "true"));
    lake
        .read("quarantine.rows")
        .drop("first_seen", "last_seen")
        .withColumn("occurrences", functions.expr("occurrences.delivery_id"))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .forEach(content::add);
    lake
        .read("ops.deliveries")
        // of a file that is only in landing it is a digest of its path
        .selectExpr("if(rows IS NULL, NULL, delivery_id)", "extract_date", "state", "rows")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .forEach(content::add);
    return content;
  }

  @Test
  void batchAndStreamEndInTheSame() {
    List<String> inOrder = List.copyOf(files().keySet());
    List<String> expected = content(deliver("batch", inOrder.toArray(String[]::new)));
    assertThat(expected).hasSizeGreaterThan(15);

    TestRun all = deliver("stream", inOrder.toArray(String[]::new));
    TestRun lateManifests =
        deliver(
            "stream",
            "2026-06-30_r0.csv.manifest.json",
            "2026-06-30_r0.csv",
            "2026-04-30_r1.csv",
            "",
            "2026-05-31_r0.csv.manifest.json",
            "2026-04-30_r0.csv",
            "2026-05-31_r0.csv",
            "2026-03-31_r0.csv");

    assertThat(content(all)).isEqualTo(expected);
    assertThat(content(lateManifests)).isEqualTo(expected);
  }
}
