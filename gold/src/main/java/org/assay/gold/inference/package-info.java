/**
 * What follows from cells and coefficients: standard errors, tests, limits and goodness of fit;
 * plain Java.
 */
package org.assay.gold.inference;
