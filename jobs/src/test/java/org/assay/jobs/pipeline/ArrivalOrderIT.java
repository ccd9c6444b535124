package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated deliveries with repeats, revisions, truncations and drift: in whatever order and in
 * however many runs they arrive, the same deliveries are current, silver is the same, and every row
 * is in one class.
 */
@ExtendWith(SharedSpark.class)
class ArrivalOrderIT {
  private final SparkSession spark;
  @TempDir private Path folder;

  ArrivalOrderIT(SparkSession spark) {
    this.spark = spark;
  }

  /** One set of deliveries in the suite, more of them where it may take long. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Math.max(1, Long.getLong("assay.orders", 1)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfArrivalEndsTheSame(long seed) {
    List<Map<String, String>> arrivals = deliveries(new Random(seed));
    Lakelet inOrder = Lakelet.quick(spark, folder.resolve("in-order"));
    arrivals.forEach(files -> files.forEach(inOrder::landing));
    inOrder.run();

    Lakelet shuffled = Lakelet.quick(spark, folder.resolve("shuffled"));
    Random random = new Random(seed + 100);
    List<Map<String, String>> anyOrder = new ArrayList<>(arrivals);
    Collections.shuffle(anyOrder, random);
    int runs = 0;
    for (Map<String, String> files : anyOrder) {
      files.forEach(shuffled::landing);
      if (random.nextInt(arrivals.size()) < 2) {
        shuffled.run();
        runs++;
      }
    }
    shuffled.run();

    assertThat(shuffled.standing()).as("after %d runs more", runs).isEqualTo(inOrder.standing());
    assertThat(shuffled.silver()).isEqualTo(inOrder.silver());
    assertThat(shuffled.ledger()).isEqualTo(inOrder.ledger());
    conserves(shuffled);
    Map<?, ?> before = versions(shuffled);
    shuffled.run();
    assertThat(versions(shuffled)).isEqualTo(before);
  }

  private static Map<String, Long> versions(Lakelet lake) {
    Map<String, Long> versions = new TreeMap<>();
    lake.tables()
        .list()
        .forEach(t -> versions.put(t.toString(), lake.tables().state(t).orElseThrow().version()));
    return versions;
  }

  private void conserves(Lakelet lake) {
    Map<String, Long> classes = new TreeMap<>();
    lake.ledger().forEach((place, rows) -> classes.merge(place.split(" ")[0], rows, Long::sum));
    Map<String, Long> ingested = new TreeMap<>();
    for (Delivery delivery : new DeliveryRegister(spark, lake.tables()).of("stays")) {
      if (delivery.rows() > 0) {
        ingested.put(delivery.id(), delivery.rows());
      }
    }
    assertThat(classes).isEqualTo(ingested);
  }

  /** Files that come together: a file, perhaps with its manifest. */
  private static List<Map<String, String>> deliveries(Random random) {
    List<Map<String, String>> deliveries = new ArrayList<>();
    Map<String, String> used = new TreeMap<>();
    for (int i = 0; i < 9; i++) {
      String name =
          "2026-0%d-01_r%d_%s.csv"
              .formatted(
                  1 + random.nextInt(3), random.nextInt(3), random.nextBoolean() ? "a" : "b");
      if (used.putIfAbsent(name, name) != null) {
        name = name.replace(".csv", i + ".csv"); // another part; a file has its name alone
      }
      deliveries.add(delivery(name, random));
    }
    Map<String, String> first = deliveries.get(0);
    String file = first.keySet().iterator().next();
    deliveries.add(Map.of("2026-01-01_r0_copy.csv", first.get(file)));
    return deliveries;
  }

  private static Map<String, String> delivery(String name, Random random) {
    boolean drifts = random.nextInt(4) == 0;
    StringBuilder text = new StringBuilder(drifts ? "ward,more,stay,days\n" : "stay,ward,days\n");
    int rows = 1 + random.nextInt(5);
    for (int i = 0; i < rows; i++) {
      int stay = random.nextInt(4);
      int days = random.nextInt(6) - 1;
      text.append(drifts ? "w,m,%d,%d\n".formatted(stay, days) : "%d,w,%d\n".formatted(stay, days));
    }
    if (random.nextInt(4) == 0) {
      text.append("malformed\n");
      rows++;
    }
    Map<String, String> files = new TreeMap<>();
    files.put(name, text.toString());
    if (random.nextInt(3) == 0) {
      boolean isTruncated = random.nextInt(3) == 0;
      files.put(
          name + ".manifest.json",
          "{\"load\": \"%s\", \"rows\": %d}"
              .formatted(random.nextBoolean() ? "DELTA" : "FULL", isTruncated ? rows + 1 : rows));
    }
    return files;
  }
}
