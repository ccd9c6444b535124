/** What earlier publications say of a region, for guards that compare. */
package org.assay.expectations.baseline;
