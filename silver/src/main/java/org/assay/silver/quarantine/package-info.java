/** Labels rows with all their reasons, and holds those that have any. */
package org.assay.silver.quarantine;
