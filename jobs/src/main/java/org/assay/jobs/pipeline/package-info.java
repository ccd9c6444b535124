/** A run from beginning to end, and its record. */
package org.assay.jobs.pipeline;
