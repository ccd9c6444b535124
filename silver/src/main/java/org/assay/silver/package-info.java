/** Silver: names and types every row, judges it once, and counts the accepted ones into cells. */
package org.assay.silver;
