package org.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Section;
import org.assay.common.config.Settings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deaths and falls of residents, and visits of patients, some of which have changed. */
class AnewTest {
  private static final String CONFIGURATION =
      """
      factor { name = sex, levels = [Female, Male], reference = Female }
      people {
        sql = "SELECT 1", region { code = region }, factors = [${factor}]
      }
      assay {
        populations { residents = ${people}, patients = ${people} }
        cohorts {
          deaths = ${models} { population = residents, outcome { column = died, event = ["1"], non_event = ["0"] } }
          falls  = ${models} { population = residents, outcome { column = fell, event = ["1"], non_event = ["0"] } }
          visits = ${models} { population = patients,  outcome { column = came, event = ["1"], non_event = ["0"] } }
        }
      }
      models { models { crude { terms = "sex", primary = true, engine = cells } } }
      """;

  private static final Map<String, String> STORED =
      Map.of("deaths", "1", "falls", "1", "visits", "1");
  private static final Map<String, String> DEATHS_CHANGED =
      Map.of("deaths", "2", "falls", "1", "visits", "1");
  private static final Map<String, String> ALL_CHANGED =
      Map.of("deaths", "2", "falls", "2", "visits", "2");

  private static List<Cohort> cohorts;

  @BeforeAll
  static void read(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("assay.conf"), CONFIGURATION);
    cohorts = Settings.load(file, Map.of(), Map.of(), AnewTest::cohorts);
  }

  private static List<Cohort> cohorts(Section root) {
    root.section("spark").text("master"); // a default that is there, and of no use here
    return GoldSettings.from(root, Cohorts.from(root), "", "").cohorts().cohorts();
  }

  private static Anew anew(Map<String, String> wanted, boolean hides) {
    return new Anew(new MadeOf(STORED, Set.of()), wanted, hides);
  }

  private static List<String> stale(Map<String, String> wanted, boolean hides) {
    return anew(wanted, hides).of(cohorts).stream().map(Cohort::name).toList();
  }

  @Test
  void whatHasNotChangedIsKept() {
    assertThat(stale(STORED, true)).isEmpty();
    assertThat(stale(STORED, false)).isEmpty();
  }

  @Test
  void whereNothingIsHiddenOnlyWhatHasChangedIsMadeAnew() {
    assertThat(stale(DEATHS_CHANGED, false)).containsExactly("deaths");
  }

  @Test
  void whereSomethingIsHiddenOthersOnTheSamePeopleAreMadeAnewToo() {
    assertThat(stale(DEATHS_CHANGED, true)).containsExactly("deaths", "falls");
  }

  @Test
  void aNewCohortMakesOthersOnTheSamePeopleNew() {
    Anew anew = new Anew(new MadeOf(Map.of("falls", "1"), Set.of("visits")), STORED, true);

    assertThat(anew.of(cohorts))
        .extracting(Cohort::name)
        .containsExactly("deaths", "falls", "visits");
  }

  @Test
  void whatIsNotWantedIsNotMade() {
    assertThat(stale(Map.of("falls", "2"), true)).containsExactly("falls");
  }

  @Test
  void besideRowsThatAreKeptOthersOnTheSamePeopleKeepTheirs() {
    assertThat(anew(ALL_CHANGED, true).beside(cohorts, Set.of("deaths"), cohort -> true))
        .containsExactly("falls");
  }

  @Test
  void besideRowsOfALaxerRuleOrOfNoneOthersAreMadeAnew() {
    assertThat(anew(ALL_CHANGED, true).beside(cohorts, Set.of("deaths"), cohort -> false))
        .isEmpty();
    Anew first = new Anew(new MadeOf(Map.of(), Set.of()), ALL_CHANGED, true);
    assertThat(first.beside(cohorts, Set.of("deaths"), cohort -> true)).isEmpty();
  }

  @Test
  void whereNothingIsHiddenNobodyIsKeptForTheSakeOfAnother() {
    assertThat(anew(ALL_CHANGED, false).beside(cohorts, Set.of("deaths"), cohort -> true))
        .isEmpty();
  }
}
