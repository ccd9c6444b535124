package org.assay.gold.glm;

/** What a fit maximises: a likelihood, or a penalised one. */
interface Objective {

  /** Its value; not a number where the information is singular. */
  double value(double[] beta);

  /** Its gradient, length p. */
  double[] score(double[] beta);
}
