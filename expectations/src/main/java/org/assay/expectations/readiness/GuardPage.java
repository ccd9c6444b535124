package org.assay.expectations.readiness;

import static java.util.stream.Collectors.joining;

import java.util.Locale;

/** The page of all guards, as Markdown. */
final class GuardPage {
  private GuardPage() {}

  /**
   * The page.
   *
   * @param defaults the block {@code readiness} of the defaults, as it is written
   */
  static String text(String defaults) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # The guards of a region

        Before a model sees a region, and once more before anyone sees its estimates, these questions are
        asked of it. What they find is a reason with a code, a sentence and numbers: in
        `silver.<population>_readiness` and, once it was fitted, in `gold_exact.fit_reasons`. A reason
        *holds* the region, *adjusts* its model, or *notes* something and changes nothing.
        `./assay explain --cohort … --region …` shows the figures of one region.

        All limits are set in the block `readiness`, for the project or for one cohort:

        ```hocon
        """);
    page.append(defaults.stripIndent().strip()).append("\n```\n");
    page.append(
        """

        Guards that compare look at the last publication in which the region was accepted. A region that is
        held for what it has become stays held until it is what it was; if the change is right, give
        `readiness.baseline` another name, and every region of the cohort begins anew.
        """);
    for (Guard guard : Guard.values()) {
      page.append("\n## %s: %s\n\n%s\n\n".formatted(guard, guard.question(), guard.why()));
      page.append("*Source.* %s\n".formatted(guard.source()));
      if (!guard.settings().isEmpty()) {
        page.append(
            "\n*Set by.* %s\n"
                .formatted(
                    guard.settings().stream().map(key -> "`" + key + "`").collect(joining(", "))));
      }
      if (!guard.codes().isEmpty()) {
        page.append("\n| it says | and |\n| --- | --- |\n");
        guard
            .codes()
            .forEach(
                code ->
                    page.append(
                        "| `%s` | %s |\n"
                            .formatted(code, code.effect().name().toLowerCase(Locale.ROOT))));
      }
    }
    return page.toString();
  }
}
