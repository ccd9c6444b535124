/**
 * Gold: a model per region, fitted from cells, in batch views that are a pure function of silver.
 */
package org.assay.gold;
