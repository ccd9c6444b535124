package org.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  private static final String CONFIGURATION =
      """
      assay {
        name = test, lake { uri = "lake" }
        extracts.counts {
          path = "counts.csv", format = csv, load = full, extract_date = "2026-03-31"
          columns = [ { name = region }, { name = grp }, { name = ill, type = bigint }, { name = people, type = bigint } ]
        }
        extracts.others = ${assay.extracts.counts} { path = "others.csv" }
        populations.residents {
          sql = "SELECT * FROM counts", count = people, region { code = region }
          factors = [ { name = grp, reference = a, interest = true } ]
        }
        populations.at_home = ${assay.populations.residents} { sql = "SELECT * FROM FROM_WHERE" }
        populations.unused = ${assay.populations.residents}
        cohorts.illness {
          population = residents, outcome { events = ill }
          models { crude { terms = grp, primary = true } }
        }
        cohorts.illness_at_home = ${assay.cohorts.illness} { population = at_home }
        disclosure { DISCLOSURE }
      }
      """;

  @TempDir private Path folder;

  /** What is withheld is decided on the counts of one population. */
  @Test
  void populationsOfTheSamePeopleAreWarnedOf() throws IOException {
    assertThat(warnings("counts", "rule = nhs"))
        .containsExactly(
            "Populations at_home and residents read the same extracts. What is withheld of one may"
                + " be the difference of counts that are shown of two; publish one of them, or make"
                + " them cohorts on one population.");
    assertThat(warnings("others", "rule = nhs")).isEmpty();
    assertThat(warnings("counts", "rule = none, because = \"They are published already.\""))
        .isEmpty();
  }

  private List<String> warnings(String from, String disclosure) throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("assay.conf"),
            CONFIGURATION.replace("FROM_WHERE", from).replace("DISCLOSURE", disclosure));
    return Project.load(conf, Map.of(), Map.of()).warnings();
  }
}
