/**
 * Disclosure control: which counts may be seen, how they are rounded, and what must be withheld so
 * that nobody can compute the rest; plain Java.
 */
package org.assay.gold.disclosure;
