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
 * @param inputs what these fingerprints are of, for a reader: versions of tables by name, digests
 *     of configuration, rules and code; empty where the fingerprints say enough
 */
public record CommitNote(
    String run, String step, Map<String, String> madeOf, Map<String, String> inputs) {
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
    inputs = Map.copyOf(inputs);
  }

  /** A note that names no inputs. */
  public CommitNote(String run, String step, Map<String, String> madeOf) {
    this(run, step, madeOf, Map.of());
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
    return new CommitNote(run, step, more, inputs);
  }

  /** The same note, naming its inputs. */
  public CommitNote from(Map<String, String> named) {
    return new CommitNote(run, step, madeOf, named);
  }

  /** The fingerprint that this part was made of, if it was. */
  public Optional<String> madeOf(String part) {
    return Optional.ofNullable(madeOf.get(part));
  }

  /** The note as the JSON text of a commit's {@code userMetadata}. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(
          new Written(run, step, new TreeMap<>(madeOf), new TreeMap<>(inputs)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A commit note could not be written as JSON", e);
    }
  }

  /** Reads a {@code userMetadata}; empty if somebody else wrote it. */
  public static Optional<CommitNote> parse(String userMetadata) {
    try {
      Written written = JSON.readValue(userMetadata, Written.class);
      Map<String, String> inputs = Optional.ofNullable(written.inputs()).orElse(Map.of());
      return Optional.of(new CommitNote(written.run(), written.step(), written.madeOf(), inputs));
    } catch (JsonProcessingException | NullPointerException e) {
      return Optional.empty(); // another tool's note: not ours to understand
    }
  }

  /** {@code inputs} is null in the notes of older lakes. */
  private record Written(
      String run, String step, Map<String, String> madeOf, Map<String, String> inputs) {}
}
