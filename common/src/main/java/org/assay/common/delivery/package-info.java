/**
 * The register of deliveries, through which bronze tells silver what has arrived, and the rules by
 * which one delivery supersedes another.
 */
package org.assay.common.delivery;
