package org.assay.common.table;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Assay writes into the {@code userMetadata} of each Delta commit: which run and step made it,
 * and what each part of the table is made of. The note is committed with the data, so a table can
 * never disagree with its own record of what it was computed from.
 *
 * @param run the run that wrote the commit
 * @param step the step of that run
 * @param madeOf fingerprint of the inputs, by part of the table ({@link #WHOLE} for all of it)
 */
public record CommitNote(String run, String step, Map<String, String> madeOf) {
  /** The part that stands for a whole table. */
  public static final String WHOLE = "*";

  /** The part that numbers the writes of a table that are made in turn. */
  public static final String TURN = "turn";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  public CommitNote {
    requireNonNull(run, "run is null");
    requireNonNull(step, "step is null");
    madeOf = Map.copyOf(madeOf);
  }

  /** A note without inputs, for tables that only record what happened. */
  public static CommitNote of(String run, String step) {
    return new CommitNote(run, step, Map.of());
  }

  /** A note for a table that is made as a whole. */
  public static CommitNote of(String run, String step, String fingerprint) {
    return new CommitNote(run, step, Map.of(WHOLE, fingerprint));
  }

  /** The same note with one more part. */
  public CommitNote with(String part, String fingerprint) {
    Map<String, String> more = new TreeMap<>(madeOf);
    more.put(part, fingerprint);
    return new CommitNote(run, step, more);
  }

  /** The fingerprint that this part was made of, if it was. */
  public Optional<String> madeOf(String part) {
    return Optional.ofNullable(madeOf.get(part));
  }

  /** The note as the JSON text of a commit's {@code userMetadata}. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(new Written(run, step, new TreeMap<>(madeOf)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A commit note could not be written as JSON", e);
    }
  }

  /** Reads a {@code userMetadata}; empty if somebody else wrote it. */
  public static Optional<CommitNote> parse(String userMetadata) {
    try {
      Written written = JSON.readValue(userMetadata, Written.class);
      return Optional.of(new CommitNote(written.run(), written.step(), written.madeOf()));
    } catch (JsonProcessingException | NullPointerException e) {
      return Optional.empty(); // another tool's note: not ours to understand
    }
  }

  private record Written(String run, String step, Map<String, String> madeOf) {}
}
