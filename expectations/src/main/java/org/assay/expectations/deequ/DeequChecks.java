package org.assay.expectations.deequ;

import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import java.io.Serializable;
import java.util.List;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.List$;

/** Deequ's checks, spoken to from Java: one check for each name, since Deequ joins by it. */
final class DeequChecks {
  private DeequChecks() {}

  private interface Assertion extends Function1<Object, Object>, Serializable {}

  /** Measures the number of rows. */
  static Check size(String name) {
    Assertion any = rows -> (Long) rows >= 0;
    return empty(name).hasSize(any, Option.empty());
  }

  /** Measures the share of rows that satisfy a condition. */
  static Check satisfies(String name, String condition) {
    Assertion all = share -> (Double) share == 1.0;
    return empty(name)
        .satisfies(condition, name, all, Option.empty(), List$.MODULE$.empty(), Option.empty());
  }

  private static Check empty(String name) {
    return new Check(
        CheckLevel.Error(),
        name,
        JavaConverters.asScalaBuffer(List.<com.amazon.deequ.constraints.Constraint>of()).toSeq());
  }
}
