package org.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Pending;
import org.assay.common.fixture.FailingDisk;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, and wherever, the next run ends as if nothing had. */
@ExtendWith(SharedSpark.class)
class FaultTest {
  private final SparkSession spark;
  @TempDir private Path folder;

  FaultTest(SparkSession spark) {
    this.spark = spark;
    FailingDisk.register(spark);
  }

  private SmallLanding landing(String name) {
    Path lake = folder.resolve(name);
    SmallLanding landing =
        new SmallLanding(spark, lake, TestTables.quick(spark, lake.resolve("lake")))
            .patients(
                "format = csv",
                "path = \"failing://%s/landing/{yyyy-MM-dd}_r{revision}.csv\"".formatted(lake));
    landing.write("landing/2026-03-31_r1.csv", "id,name,x\n1,Ann,a\n3,Cy,b\n2\n", 1);
    landing.write("landing/2026-04-30_r0.csv", "id,name\n4,Di\n", 1);
    landing.write("landing/2026-04-30_r0.csv.manifest.json", "{\"rows\": 1}", 1);
    return landing;
  }

  /** Everything that a run leaves, but for when and by which run. */
  private static List<String> left(SmallLanding landing) {
    List<String> left =
        new ArrayList<>(
            landing.values(
                "_delivery_id", "_row_number", "_malformed", "_rescued", "id", "name", "x"));
    for (Delivery d : landing.deliveries()) {
      left.add(
          d.id()
              + d.extractDate()
              + d.revision()
              + d.rows()
              + d.state()
              + d.reason()
              + d.content());
    }
    for (Pending p : landing.pending()) {
      left.add(p.file().name() + p.state() + p.reason());
    }
    landing
        .tables()
        .read(org.assay.common.table.TableName.ops("schemas"))
        .orderBy("column_name", "came_on")
        .collectAsList()
        .forEach(row -> left.add(row.toString()));
    return left;
  }

  /**
   * One lake, and one fault after another: of the first operation of a run, then of the second of
   * the next, until a run has no more.
   */
  @Test
  void faultsOfEveryTableOperationOneAfterAnother() {
    List<String> expected = left(landing("sound").ingest());
    assertThat(expected).hasSizeGreaterThan(6);
    SmallLanding landing = landing("faulty");

    int faults = 0;
    while (fails(landing, faults + 1)) {
      faults++;
    }

    assertThat(faults).isGreaterThan(8);
    assertThat(left(landing)).isEqualTo(expected);
  }

  @Test
  void faultsOfEveryReadOfLandingOneAfterAnother() {
    List<String> expected = left(landing("sound").ingest());
    SmallLanding landing = landing("faulty");

    int faults = 0;
    do {
      faults++;
      FailingDisk.failAt(faults);
      fails(landing);
    } while (FailingDisk.heal());

    assertThat(faults).isGreaterThan(10);
    assertThat(left(landing)).isEqualTo(expected);
  }

  /** Each fault in a lake of its own; see {@code bench/faults.sh}. */
  @Test
  @EnabledIfSystemProperty(named = "assay.campaign", matches = "true")
  void aFaultOfAnyTableOperationLeavesNothingBehind() {
    List<String> expected = left(landing("sound").ingest());
    for (int k = 1; ; k++) {
      SmallLanding landing = landing("lake-" + k);
      boolean failed = fails(landing, k);
      assertThat(left(landing.through(tables -> tables).ingest()))
          .as("fault %d", k)
          .isEqualTo(expected);
      if (!failed) {
        return;
      }
    }
  }

  /** Each fault in a lake of its own; see {@code bench/faults.sh}. */
  @Test
  @EnabledIfSystemProperty(named = "assay.campaign", matches = "true")
  void aFaultOfAnyReadOfLandingLeavesNothingBehind() {
    List<String> expected = left(landing("sound").ingest());
    for (int k = 1; ; k++) {
      SmallLanding landing = landing("lake-" + k);
      FailingDisk.failAt(k);
      fails(landing);
      boolean failed = FailingDisk.heal();
      assertThat(left(landing.ingest())).as("fault %d", k).isEqualTo(expected);
      if (!failed) {
        return;
      }
    }
  }

  private static boolean fails(SmallLanding landing, int k) {
    return fails(landing.through(tables -> FailingTables.at(tables, k)));
  }

  private static boolean fails(SmallLanding landing) {
    try {
      landing.ingest();
      return false;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      return true; // injected; what it leaves is what the test is about
    }
  }
}
