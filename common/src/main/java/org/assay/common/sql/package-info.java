/** SQL as text: what may stand in a project's queries, before Spark sees them. */
package org.assay.common.sql;
