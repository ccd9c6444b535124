/**
 * A synthetic England to try Assay on: invented people, known effects, and faults that are listed.
 */
package org.assay.jobs.demo;
