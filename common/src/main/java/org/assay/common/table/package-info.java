/**
 * The tables of a lake: their names, their state, and the port through which they are read and
 * written.
 */
package org.assay.common.table;
