/** The rules: expectations about rows and deliveries, and the verdicts on them. */
package org.assay.expectations;
