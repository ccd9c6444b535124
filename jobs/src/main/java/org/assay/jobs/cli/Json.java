package org.assay.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.assay.common.run.Remark;
import org.assay.common.run.StepReport;
import org.assay.jobs.pipeline.RunResult;

/** What a command tells, for machines. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static String of(RunResult result) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run_id", result.run());
    run.put("state", lower(result.state()));
    run.put(
        "publication_id",
        result.publication().isPresent() ? result.publication().getAsLong() : null);
    run.put("spark_jobs", result.sparkJobs());
    run.put("delta_commits", result.deltaCommits());
    run.put("seconds", result.seconds());
    run.put("refusals", result.refusals());
    run.put("remarks", result.remarks().stream().map(Json::remark).toList());
    run.put("steps", result.steps().stream().map(Json::step).toList());
    return write(run);
  }

  private static Map<String, Object> step(StepReport step) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stage", step.stage());
    map.put("subject", step.subject());
    map.put("state", lower(step.state()));
    map.put("facts", step.facts());
    map.put("details", step.details());
    map.put("seconds", step.seconds());
    return map;
  }

  private static Map<String, String> remark(Remark remark) {
    return Map.of(
        "kind", lower(remark.kind()), "subject", remark.subject(), "sentence", remark.sentence());
  }

  /** Any value as JSON. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot be written as JSON: " + value, e);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
