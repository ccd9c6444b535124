package org.assay.common.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;

/**
 * The commits of one Delta table, read from its log files without a Spark job (the layout is part
 * of the Delta protocol: {@code _delta_log/<20 digits>.json}, one action to a line).
 */
final class CommitLog {
  private static final Pattern COMMIT_FILE = Pattern.compile("\\d{20}\\.json");
  private static final Set<String> MAINTENANCE =
      Set.of("OPTIMIZE", "VACUUM START", "VACUUM END", "SET TBLPROPERTIES", "UNSET TBLPROPERTIES");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path log;
  private final TableName table;

  CommitLog(FileSystem files, Path tablePath, TableName table) {
    this.files = files;
    this.log = new Path(tablePath, "_delta_log");
    this.table = table;
  }

  private record Commit(long version, String operation, long rows, Optional<CommitNote> note) {
    boolean changesRows() {
      return !MAINTENANCE.contains(operation);
    }
  }

  /** The table's state; empty if there is no log. */
  Optional<TableState> state() throws IOException {
    Optional<TableState> changed = latest(Commit::changesRows);
    return changed.isPresent() ? changed : cleaned();
  }

  /** A table whose commits of rows have been cleaned from the log, or that never had any. */
  private Optional<TableState> cleaned() throws IOException {
    return commitFiles().stream()
        .findFirst()
        .map(file -> new TableState(table, version(file), version(file), 0, Optional.empty()));
  }

  /** The state that the commit with this note led to. */
  Optional<TableState> stateAfter(CommitNote note) throws IOException {
    return latest(commit -> commit.note().filter(note::equals).isPresent());
  }

  /** The number of the last turn, or more; 0 if none was taken. */
  long turn() throws IOException {
    Optional<Long> last =
        latest(commit -> turn(commit).isPresent())
            .flatMap(TableState::note)
            .flatMap(note -> note.madeOf(CommitNote.TURN))
            .map(Long::valueOf);
    return last.isPresent() ? last.get() : turnsBeforeTheLog();
  }

  /** Old commits are cleaned away in time; there were never more turns than commits. */
  private long turnsBeforeTheLog() throws IOException {
    List<Path> newestFirst = commitFiles();
    boolean isWhole =
        newestFirst.isEmpty() || version(newestFirst.get(newestFirst.size() - 1)) == 0;
    return isWhole ? 0 : version(newestFirst.get(0)) + 1;
  }

  private static Optional<String> turn(Commit commit) {
    return commit.note().flatMap(note -> note.madeOf(CommitNote.TURN));
  }

  /** The states after each commit that changed rows and is later than a version, latest first. */
  List<TableState> since(long version) throws IOException {
    List<TableState> states = new ArrayList<>();
    for (Path file : commitFiles()) {
      if (version(file) <= version) {
        break;
      }
      Commit commit = read(file);
      if (commit.changesRows()) {
        states.add(
            new TableState(
                table, commit.version(), commit.version(), commit.rows(), commit.note()));
      }
    }
    return states;
  }

  private Optional<TableState> latest(Predicate<Commit> wanted) throws IOException {
    List<Path> newestFirst = commitFiles();
    for (Path file : newestFirst) {
      Commit commit = read(file);
      if (wanted.test(commit)) {
        return Optional.of(
            new TableState(
                table,
                version(newestFirst.get(0)),
                commit.version(),
                commit.rows(),
                commit.note()));
      }
    }
    return Optional.empty();
  }

  private List<Path> commitFiles() throws IOException {
    try {
      return Arrays.stream(files.listStatus(log))
          .map(FileStatus::getPath)
          .filter(path -> COMMIT_FILE.matcher(path.getName()).matches())
          .sorted(Comparator.comparing(Path::getName).reversed())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of(); // no log: the table does not exist yet
    }
  }

  private static long version(Path commitFile) {
    return Long.parseLong(commitFile.getName().substring(0, 20));
  }

  private Commit read(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"commitInfo\"")) {
          return commit(version(file), JSON.readTree(line).path("commitInfo"));
        }
      }
    }
    return new Commit(version(file), "UNKNOWN", 0, Optional.empty());
  }

  private static Commit commit(long version, JsonNode info) {
    Optional<CommitNote> note =
        Optional.ofNullable(info.path("userMetadata").textValue()).flatMap(CommitNote::parse);
    long rows = info.path("operationMetrics").path("numOutputRows").asLong(0);
    return new Commit(version, info.path("operation").asText("UNKNOWN"), rows, note);
  }
}
