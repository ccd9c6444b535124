/** Extracts and the formats they come in. */
package org.assay.bronze.extract;
