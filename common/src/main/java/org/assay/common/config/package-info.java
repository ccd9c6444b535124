/**
 * Reads a project's configuration, strictly, and reports everything that is wrong with it at once.
 */
package org.assay.common.config;
