/** Appends what is ready to bronze, once, whatever happens meanwhile, and tells it. */
package org.assay.bronze.ingest;
