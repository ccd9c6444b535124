package org.assay.expectations.deequ;

import com.amazon.deequ.metrics.Distribution;
import com.amazon.deequ.profiles.ColumnProfilerRunner;
import com.amazon.deequ.profiles.NumericColumnProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.assay.expectations.Measurement;
import org.assay.expectations.Metric;
import org.assay.expectations.Metric.Kind;
import org.assay.expectations.profile.ColumnProfile;
import org.assay.expectations.profile.Profiler;
import scala.collection.JavaConverters;

/** {@link Profiler} by Deequ's column profiler. */
public final class DeequProfiler implements Profiler {
  private static final int FEW = 40;

  /** Deequ's number of distinct values is an estimate; within so much of all it is counted. */
  private static final double NEARLY = 0.9;

  @Override
  public List<ColumnProfile> profile(Dataset<Row> rows, Collection<String> shown) {
    Map<String, com.amazon.deequ.profiles.ColumnProfile> found =
        JavaConverters.mapAsJavaMap(
            new ColumnProfilerRunner()
                .onData(rows)
                .withLowCardinalityHistogramThreshold(FEW)
                .run()
                .profiles());
    long all = rows.count();
    List<ColumnProfile> profiles = new ArrayList<>();
    for (String column : Arrays.asList(rows.columns())) {
      com.amazon.deequ.profiles.ColumnProfile profile = found.get(column);
      boolean mayShow = shown.contains(column);
      profiles.add(
          new ColumnProfile(
              column,
              profile.completeness(),
              isUnique(rows, all, profile),
              mayShow && isNumber(rows, column) ? range(profile) : Optional.empty(),
              mayShow ? values(profile) : Map.of(),
              true));
    }
    return profiles;
  }

  private static boolean isUnique(
      Dataset<Row> rows, long all, com.amazon.deequ.profiles.ColumnProfile profile) {
    if (profile.approximateNumDistinctValues() < NEARLY * profile.completeness() * all) {
      return false;
    }
    Metric distinct = Metric.of(Kind.DISTINCTNESS, profile.column());
    return new DeequVerifier().measure(rows, List.of(distinct)).byMetric().get(distinct)
            instanceof Measurement.Value value
        && value.value() == 1.0;
  }

  private static boolean isNumber(Dataset<Row> rows, String column) {
    return List.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.DoubleType)
        .contains(rows.schema().apply(column).dataType());
  }

  private static Optional<ColumnProfile.Range> range(
      com.amazon.deequ.profiles.ColumnProfile profile) {
    return profile instanceof NumericColumnProfile numeric
            && numeric.minimum().isDefined()
            && numeric.maximum().isDefined()
        ? Optional.of(
            new ColumnProfile.Range(
                (Double) numeric.minimum().get(), (Double) numeric.maximum().get()))
        : Optional.empty();
  }

  private static Map<String, Long> values(com.amazon.deequ.profiles.ColumnProfile profile) {
    if (profile.histogram().isEmpty()) {
      return Map.of();
    }
    Distribution histogram = profile.histogram().get();
    Measurement.Levels levels = DeequVerifier.levels(histogram);
    Map<String, Long> values = new TreeMap<>(levels.rows());
    values.remove(Measurement.Levels.MISSING);
    return values.size() <= FEW ? values : Map.of();
  }
}
