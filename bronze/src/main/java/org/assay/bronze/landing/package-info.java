/** Where deliveries arrive; only ever read. */
package org.assay.bronze.landing;
