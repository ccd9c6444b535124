/**
 * Cells, the sufficient statistics of a population, and the design matrix over them; plain Java.
 */
package org.assay.common.cells;
