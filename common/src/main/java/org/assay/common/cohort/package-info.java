/**
 * What is counted and modelled: populations, their factors and outcomes, cohorts and their models.
 */
package org.assay.common.cohort;
