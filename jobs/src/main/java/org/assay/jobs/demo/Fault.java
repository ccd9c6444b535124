package org.assay.jobs.demo;

import org.assay.common.table.TableName;

/**
 * Something that is wrong with the landing, and where a run shows what it made of it.
 *
 * @param what the delivery, and what is wrong with it
 * @param table where to look
 * @param found a query of that table, called t, of one text; null where nothing was found
 */
public record Fault(String what, TableName table, String found) {}
