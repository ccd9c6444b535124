/** Bronze: every delivery ever received, as it came, once, with where each row came from. */
package org.assay.bronze;
