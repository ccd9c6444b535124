package org.assay.common.run;

import java.util.OptionalLong;
import org.assay.common.table.TableName;

/**
 * One Delta commit of a step.
 *
 * @param table the table written
 * @param before its version before; empty if it was new
 * @param after its version after
 * @param rows rows the commit wrote
 */
public record TableChange(TableName table, OptionalLong before, long after, long rows) {}
