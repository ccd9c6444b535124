/**
 * Generalized linear models on cells: families, the port that fits them, and Newton's method; plain
 * Java.
 */
package org.assay.gold.glm;
