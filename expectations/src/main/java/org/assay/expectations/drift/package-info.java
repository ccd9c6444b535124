/** Compares what a delivery measures with what the deliveries before it did. */
package org.assay.expectations.drift;
