package org.assay.gold.disclosure;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.assay.common.config.Section;

/**
 * What may be seen outside.
 *
 * @param rule of counts
 * @param because why nothing is hidden, where nothing is; otherwise empty
 * @param estimates whether estimates of small levels are withheld
 */
public record DisclosurePolicy(Rule rule, String because, Estimates estimates) {
  /** A model with fewer residual degrees of freedom nearly repeats its data (ACRO). */
  public static final int LEAST_RESIDUAL_DF = 10;

  /** What is done with estimates of levels with few people, events, or people without. */
  public enum Estimates {
    /** They are not shown. */
    WITHHOLD,
    /** They are shown. */
    KEEP
  }

  public DisclosurePolicy {
    requireNonNull(rule, "rule is null");
    requireNonNull(estimates, "estimates is null");
    if (rule == Rule.NONE && because.isBlank()) {
      throw new IllegalArgumentException(
          "rule = none needs because = \"…\": why may everybody see every count?");
    }
  }

  /** Reads the block {@code disclosure}. */
  public static Optional<DisclosurePolicy> from(Section section) {
    Rule rule = section.choice("rule", Rule.class);
    String because = section.text("because", "");
    Estimates estimates = section.choice("estimates", Estimates.class);
    return section.build(() -> new DisclosurePolicy(rule, because, estimates));
  }

  /** Whether nothing is hidden. */
  public boolean isOpen() {
    return rule == Rule.NONE;
  }

  /** The rule as configurations name it. */
  public String name() {
    return rule.name().toLowerCase(Locale.ROOT);
  }
}
