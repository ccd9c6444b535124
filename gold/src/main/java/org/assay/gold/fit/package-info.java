/** Fits each region's models from what silver decided about it. */
package org.assay.gold.fit;
