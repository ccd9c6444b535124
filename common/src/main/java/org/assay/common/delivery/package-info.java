/** The register of deliveries, through which bronze tells silver what has arrived. */
package org.assay.common.delivery;
