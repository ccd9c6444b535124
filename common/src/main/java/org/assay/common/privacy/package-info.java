/** Identifiers and their pseudonyms. */
package org.assay.common.privacy;
