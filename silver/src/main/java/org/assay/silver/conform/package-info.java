/** From source columns to declared ones, strictly. */
package org.assay.silver.conform;
