/** From accepted rows to counts: the flow, the cells and the readiness of each region. */
package org.assay.silver.cohort;
