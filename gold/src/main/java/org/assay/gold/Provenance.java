package org.assay.gold;

import java.util.Map;
import java.util.TreeMap;
import org.assay.common.run.RunContext;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;

/**
 * What batch views are made from, as their commits name it: the version of every table of the
 * master dataset, the digests of configuration and rules, and the code.
 */
final class Provenance {
  private Provenance() {}

  /** As of now; reads the tables' logs and runs no Spark job. */
  static Map<String, String> of(RunContext context, GoldSettings settings) {
    Map<String, String> inputs = new TreeMap<>();
    for (TableName table : context.tables().list()) {
      if (table.layer() == Layer.BRONZE || table.layer() == Layer.SILVER) {
        context
            .tables()
            .state(table)
            .ifPresent(state -> inputs.put(table.toString(), Long.toString(state.version())));
      }
    }
    inputs.put("configuration", settings.fingerprint());
    inputs.put("rules", settings.rules());
    inputs.put("code", context.code());
    return inputs;
  }
}
