package org.assay.expectations.vocabulary;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assay.expectations.vocabulary.Word.About;

/** The reference of expectations for people, written from the vocabulary, so that it cannot lie. */
public final class ExpectationPages {
  private ExpectationPages() {}

  /** Pages as Markdown, by file name. */
  public static Map<String, String> markdown() {
    Map<String, String> pages = new TreeMap<>();
    pages.put("README.md", index());
    Vocabulary.words().forEach(word -> pages.put(word.name() + ".md", page(word)));
    return pages;
  }

  private static String index() {
    StringBuilder page =
        new StringBuilder(
            """
            # Expectations

            Every expectation that an extract can declare, written from the code. Names and arguments are
            those of Great Expectations where it has them. [The engineer's guide](../guides/expectations.md)
            tells how they are judged.
            """);
    for (About about : About.values()) {
      page.append("\n## ")
          .append(heading(about))
          .append("\n\n| expectation | what is expected |\n| --- | --- |\n");
      Vocabulary.words().stream()
          .filter(word -> word.about() == about)
          .forEach(
              word ->
                  page.append("| [`%s`](%1$s.md) | %s |%n".formatted(word.name(), word.meaning())));
    }
    return page.toString();
  }

  private static String heading(About about) {
    return switch (about) {
      case ROWS -> "About rows: what fails can be held";
      case COLUMN -> "About a column of the whole delivery";
      case TABLE -> "About the delivery as a table";
    };
  }

  private static String page(Word word) {
    boolean aboutRows = word.about() == About.ROWS;
    String arguments =
        word.arguments().stream()
            .map(
                argument ->
                    "| `%s` | %s | %s |%n"
                        .formatted(
                            argument.name(),
                            argument.isRequired() ? "yes" : "no",
                            argument.meaning().replace("|", "\\|")))
            .collect(Collectors.joining());
    String shared =
        aboutRows
            ? """
              | `row_condition` | no | Spark SQL: only rows for which it is true are judged |
              | `mostly` | no | the share of judged rows that must be as expected for the whole to pass; 1 |
              | `warn_at`, `refuse_at` | no | shares of unexpected rows from which it is told, or the delivery refused |
              """
            : word.about() == About.COLUMN
                ? "| `row_condition` | no | Spark SQL: only rows for which it is true are measured |\n"
                : "";
    return """
        # `%s`

        %s

        **Missing values.** %s

        | argument | needed | meaning |
        | --- | --- | --- |
        %s%s| `on_fail` | yes | %s |
        | `id` | no | names its history; by default its name and columns |
        | `notes` | no | what a steward should know, shown with each held row |

        ```hocon
        { expect = %1$s, %s, on_fail = %s }
        ```
        """
        .formatted(
            word.name(),
            word.meaning(),
            word.nulls(),
            arguments,
            shared,
            aboutRows
                ? "`quarantine` (the rows), `refuse` (the delivery) or `warn`"
                : "`refuse` (the delivery) or `warn`",
            word.example(),
            aboutRows ? "quarantine" : "refuse");
  }
}
