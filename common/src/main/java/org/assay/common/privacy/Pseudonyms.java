package org.assay.common.privacy;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** Pseudonyms as a column. The key travels inside a function and is in no plan and no log. */
public final class Pseudonyms {
  private final PseudonymKey key;

  public Pseudonyms(PseudonymKey key) {
    this.key = requireNonNull(key, "key is null");
  }

  /** Tells the key from others. */
  public String keyId() {
    return key.id();
  }

  /** The pseudonyms of a column of texts; null where the text is. */
  public Column of(Column text, String domain) {
    PseudonymKey secret = key;
    UDF1<String, String> pseudonym =
        value -> value == null ? null : secret.pseudonym(domain, value);
    UserDefinedFunction function = udf(pseudonym, DataTypes.StringType).withName("pseudonym");
    return function.apply(text);
  }
}
