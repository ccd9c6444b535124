/** The pipeline, its command line and its entry points for schedulers. */
package org.assay.jobs;
