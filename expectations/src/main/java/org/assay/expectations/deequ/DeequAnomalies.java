package org.assay.expectations.deequ;

import com.amazon.deequ.anomalydetection.AbsoluteChangeStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetector;
import com.amazon.deequ.anomalydetection.BatchNormalStrategy;
import com.amazon.deequ.anomalydetection.DataPoint;
import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import com.amazon.deequ.anomalydetection.RelativeRateOfChangeStrategy;
import com.amazon.deequ.anomalydetection.SimpleThresholdStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.assay.expectations.drift.AnomalyDetection;
import org.assay.expectations.drift.DriftStrategy;
import scala.Option;

/** {@link AnomalyDetection} by Deequ's strategies. */
public final class DeequAnomalies implements AnomalyDetection {
  private static final int LAST_TWO = 1;
  private static final double PASSED_OVER_AT_THE_START = 0.1;

  @Override
  public boolean isAnomaly(DriftStrategy strategy, List<Double> history, double value) {
    // Deequ asks for a history even where the strategy looks at none
    List<Double> before = history.isEmpty() ? List.of(value) : history;
    List<DataPoint<Object>> points = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      points.add(new DataPoint<>(i, Option.apply(before.get(i))));
    }
    if (strategy.fold(new Asked(before, value))) {
      return false; // on the side that nothing was asked about
    }
    return !new AnomalyDetector(strategy.fold(new Strategies()))
        .isNewPointAnomalous(Scala.seq(points), new DataPoint<>(before.size(), Option.apply(value)))
        .anomalies()
        .isEmpty();
  }

  /** Whether a value is on a side that a normal strategy has no factor for. */
  private record Asked(List<Double> before, double value) implements DriftStrategy.Cases<Boolean> {
    @Override
    public Boolean simpleThreshold(DriftStrategy.SimpleThreshold s) {
      return false;
    }

    @Override
    public Boolean absoluteChange(DriftStrategy.AbsoluteChange s) {
      return false;
    }

    @Override
    public Boolean relativeRateOfChange(DriftStrategy.RelativeRateOfChange s) {
      return false;
    }

    @Override
    public Boolean onlineNormal(DriftStrategy.OnlineNormal s) {
      return isBeyond(s.lowerDeviationFactor(), s.upperDeviationFactor());
    }

    @Override
    public Boolean batchNormal(DriftStrategy.BatchNormal s) {
      return isBeyond(s.lowerDeviationFactor(), s.upperDeviationFactor());
    }

    private boolean isBeyond(OptionalDouble lower, OptionalDouble upper) {
      double mean = before.stream().mapToDouble(Double::doubleValue).average().orElse(value);
      return value > mean && upper.isEmpty() || value < mean && lower.isEmpty();
    }
  }

  private static final class Strategies implements DriftStrategy.Cases<AnomalyDetectionStrategy> {
    @Override
    public AnomalyDetectionStrategy simpleThreshold(DriftStrategy.SimpleThreshold s) {
      return new SimpleThresholdStrategy(
          s.lowerBound().orElse(-Double.MAX_VALUE), s.upperBound().orElse(Double.MAX_VALUE));
    }

    @Override
    public AnomalyDetectionStrategy absoluteChange(DriftStrategy.AbsoluteChange s) {
      return new AbsoluteChangeStrategy(
          option(s.maxRateDecrease(), -1), option(s.maxRateIncrease(), 1), LAST_TWO);
    }

    @Override
    public AnomalyDetectionStrategy relativeRateOfChange(DriftStrategy.RelativeRateOfChange s) {
      return new RelativeRateOfChangeStrategy(
          option(s.maxRateDecrease(), 1), option(s.maxRateIncrease(), 1), LAST_TWO);
    }

    @Override
    public AnomalyDetectionStrategy onlineNormal(DriftStrategy.OnlineNormal s) {
      return new OnlineNormalStrategy(
          option(s.lowerDeviationFactor(), 1),
          option(s.upperDeviationFactor(), 1),
          PASSED_OVER_AT_THE_START,
          false); // if it left out what it finds strange, the second value would be, and every
      // other
    }

    @Override
    public AnomalyDetectionStrategy batchNormal(DriftStrategy.BatchNormal s) {
      return new BatchNormalStrategy(
          option(s.lowerDeviationFactor(), 1), option(s.upperDeviationFactor(), 1), false);
    }

    private static Option<Object> option(OptionalDouble number, int sign) {
      return number.isPresent() ? Option.apply(sign * number.getAsDouble()) : Option.empty();
    }
  }
}
