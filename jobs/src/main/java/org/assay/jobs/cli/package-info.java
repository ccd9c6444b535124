/** One file per command, and how the product speaks on a terminal. */
package org.assay.jobs.cli;
