/** Generalized linear models fitted by Spark MLlib; the only place that knows spark.ml. */
package org.assay.gold.mllib;
