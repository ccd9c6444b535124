package org.assay.bronze.extract;

import java.io.Serializable;

/**
 * What was read of a delivery.
 *
 * @param deliveryId the delivery
 * @param rows its rows, malformed ones included
 * @param malformed rows that do not fit their columns
 * @param nanos how long its task took; 0 where that is not known
 */
public record Tally(String deliveryId, long rows, long malformed, long nanos)
    implements Serializable {}
