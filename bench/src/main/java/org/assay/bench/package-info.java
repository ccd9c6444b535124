/**
 * Benchmarks: each part runs in a process of its own, and what is reported are ratios of one run.
 */
package org.assay.bench;
