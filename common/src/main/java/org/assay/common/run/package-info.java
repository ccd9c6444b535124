/** A run and its journal: stages, steps and what they tell. */
package org.assay.common.run;
