/** What was found of each delivery, kept so that the next can be compared with it. */
package org.assay.expectations.history;
