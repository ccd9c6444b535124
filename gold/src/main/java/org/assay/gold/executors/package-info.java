/** The kernel's fits where a cluster has its executors, for thousands of regions. */
package org.assay.gold.executors;
