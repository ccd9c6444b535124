/** Readiness: what is decided on a region's cells before any model code runs; plain Java. */
package org.assay.expectations.readiness;
