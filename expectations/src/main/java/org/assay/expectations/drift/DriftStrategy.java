package org.assay.expectations.drift;

import java.util.Optional;
import java.util.OptionalDouble;
import org.assay.common.config.Section;

/** How a metric is compared with its history; the strategies and their parameters are Deequ's. */
public sealed interface DriftStrategy {

  /** The most standard deviations that can be asked for. */
  double MOST = 100;

  /** How many earlier values it needs before it says anything. */
  int needs();

  /** One function per strategy. */
  <R> R fold(Cases<R> cases);

  /** What to do with each strategy. */
  interface Cases<R> {
    R simpleThreshold(SimpleThreshold strategy);

    R absoluteChange(AbsoluteChange strategy);

    R relativeRateOfChange(RelativeRateOfChange strategy);

    R onlineNormal(OnlineNormal strategy);

    R batchNormal(BatchNormal strategy);
  }

  /** The names, as a configuration has them. */
  enum Name {
    SIMPLE_THRESHOLD,
    ABSOLUTE_CHANGE,
    RELATIVE_RATE_OF_CHANGE,
    ONLINE_NORMAL,
    BATCH_NORMAL
  }

  /** The value itself lies within bounds. */
  record SimpleThreshold(OptionalDouble lowerBound, OptionalDouble upperBound)
      implements DriftStrategy {
    public SimpleThreshold {
      one("lower_bound", lowerBound, "upper_bound", upperBound);
      ordered("lower_bound", lowerBound, "upper_bound", upperBound);
    }

    @Override
    public int needs() {
      return 0;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.simpleThreshold(this);
    }
  }

  /** It has not fallen or risen by more than so much since the last; both are 0 or more. */
  record AbsoluteChange(OptionalDouble maxRateDecrease, OptionalDouble maxRateIncrease)
      implements DriftStrategy {
    public AbsoluteChange {
      one("max_rate_decrease", maxRateDecrease, "max_rate_increase", maxRateIncrease);
    }

    @Override
    public int needs() {
      return 1;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.absoluteChange(this);
    }
  }

  /** It is not less or more than so many times the last. */
  record RelativeRateOfChange(OptionalDouble maxRateDecrease, OptionalDouble maxRateIncrease)
      implements DriftStrategy {
    public RelativeRateOfChange {
      one("max_rate_decrease", maxRateDecrease, "max_rate_increase", maxRateIncrease);
      ordered("max_rate_decrease", maxRateDecrease, "max_rate_increase", maxRateIncrease);
    }

    @Override
    public int needs() {
      return 1;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.relativeRateOfChange(this);
    }
  }

  /**
   * It lies within so many standard deviations of a mean that moves with the history, the value
   * itself among it.
   */
  record OnlineNormal(OptionalDouble lowerDeviationFactor, OptionalDouble upperDeviationFactor)
      implements DriftStrategy {
    public OnlineNormal {
      one(
          "lower_deviation_factor",
          lowerDeviationFactor,
          "upper_deviation_factor",
          upperDeviationFactor);
    }

    /** With fewer values none could ever be so many deviations from a mean that it is part of. */
    @Override
    public int needs() {
      double factor =
          Math.min(
              lowerDeviationFactor.orElse(Double.MAX_VALUE),
              upperDeviationFactor.orElse(Double.MAX_VALUE));
      int earlier = 3;
      while (earlier / Math.sqrt(earlier + 1.0) <= factor) {
        earlier++;
      }
      return earlier;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.onlineNormal(this);
    }
  }

  /** It lies within so many standard deviations of the mean of the history. */
  record BatchNormal(OptionalDouble lowerDeviationFactor, OptionalDouble upperDeviationFactor)
      implements DriftStrategy {
    public BatchNormal {
      one(
          "lower_deviation_factor",
          lowerDeviationFactor,
          "upper_deviation_factor",
          upperDeviationFactor);
    }

    @Override
    public int needs() {
      return 3;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.batchNormal(this);
    }
  }

  private static void ordered(String key, OptionalDouble least, String other, OptionalDouble most) {
    if (least.isPresent() && most.isPresent() && least.getAsDouble() > most.getAsDouble()) {
      throw new IllegalArgumentException(
          "%s is %s and %s is %s, so nothing could be right."
              .formatted(key, least.getAsDouble(), other, most.getAsDouble()));
    }
  }

  private static void one(String key, OptionalDouble first, String other, OptionalDouble second) {
    if (first.isEmpty() && second.isEmpty()) {
      throw new IllegalArgumentException("%s or %s is needed.".formatted(key, other));
    }
  }

  /** Reads {@code strategy} and its parameters; what is wrong is recorded in the section. */
  static Optional<DriftStrategy> from(Section section, Name otherwise) {
    return switch (section.choice("strategy", Name.class, otherwise)) {
      case SIMPLE_THRESHOLD -> {
        OptionalDouble lower = number(section, "lower_bound");
        OptionalDouble upper = number(section, "upper_bound");
        yield section.build(() -> new SimpleThreshold(lower, upper));
      }
      case ABSOLUTE_CHANGE -> {
        OptionalDouble less = number(section, "max_rate_decrease");
        OptionalDouble more = number(section, "max_rate_increase");
        yield section.build(() -> new AbsoluteChange(less, more));
      }
      case RELATIVE_RATE_OF_CHANGE -> {
        OptionalDouble less = number(section, "max_rate_decrease");
        OptionalDouble more = number(section, "max_rate_increase");
        yield section.build(() -> new RelativeRateOfChange(less, more));
      }
      case ONLINE_NORMAL -> {
        OptionalDouble lower = number(section, "lower_deviation_factor");
        OptionalDouble upper = number(section, "upper_deviation_factor");
        yield section.build(() -> new OnlineNormal(lower, upper));
      }
      case BATCH_NORMAL -> {
        OptionalDouble lower = number(section, "lower_deviation_factor");
        OptionalDouble upper = number(section, "upper_deviation_factor");
        yield section.build(() -> new BatchNormal(lower, upper));
      }
    };
  }

  private static OptionalDouble number(Section section, String key) {
    if (!section.has(key)) {
      return OptionalDouble.empty();
    }
    double number = section.decimal(key, 0);
    if (key.endsWith("_factor") && !(number > 0 && number <= MOST)) {
      section.problem(key, "must be above 0 and at most %,.0f, not %s.".formatted(MOST, number));
    }
    if (key.startsWith("max_rate") && !(number >= 0)) {
      section.problem(
          key, "must be 0 or more, not %s: how far it may fall or rise.".formatted(number));
    }
    return OptionalDouble.of(number);
  }
}
