/** How Spark is set up and spoken to. */
package org.assay.common.spark;
