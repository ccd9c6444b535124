package org.assay.common.delivery;

/**
 * A column of a delivery's file.
 *
 * @param name as the file names it; a blank or repeated name is made distinct
 * @param type Spark SQL type; string where the format has no types
 */
public record SourceColumn(String name, String type) {}
