package org.assay.common.contract;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table reference for people, written from the contracts, so that it cannot lie. */
public final class TableReference {
  private static final String HEADING =
      """
      # Tables

      What each table of a lake promises. This page is written from the code (`org.assay.common.contract`);
      names in angle brackets stand for one table per extract or population of a configuration.
      """;

  private TableReference() {}

  /** The page, as Markdown. */
  public static String markdown() {
    return HEADING
        + Stream.of(
                BronzeContract.all(),
                SilverContract.all(),
                GoldContract.all(),
                PublicContract.all(),
                OpsContract.all())
            .flatMap(List::stream)
            .map(TableReference::section)
            .collect(Collectors.joining());
  }

  private static String section(TableContract contract) {
    String columns =
        contract.columns().stream()
            .map(c -> "| `%s` | `%s` | %s |%n".formatted(c.name(), c.type(), c.meaning()))
            .collect(Collectors.joining());
    return """

        ## `%s`

        One row per %s. Key: %s.

        | column | type | meaning |
        | --- | --- | --- |
        %s"""
        .formatted(
            contract.table(),
            contract.oneRowPer(),
            contract.key().stream().map(k -> "`" + k + "`").collect(Collectors.joining(", "))
                + contract.keyBesides().map(words -> " and " + words).orElse(""),
            columns);
  }
}
