/** Expectations measured by Deequ. */
package org.assay.expectations.deequ;
