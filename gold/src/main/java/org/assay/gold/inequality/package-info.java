/** Rates, proportions and measures of inequality, as public health publishes them; plain Java. */
package org.assay.gold.inequality;
