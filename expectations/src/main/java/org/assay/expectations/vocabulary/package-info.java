/** The words that expectations are declared in, and how each becomes something that is judged. */
package org.assay.expectations.vocabulary;
