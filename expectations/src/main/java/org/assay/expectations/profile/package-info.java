/** What the columns of a delivery look like, and the expectations that follow from it. */
package org.assay.expectations.profile;
