/** Type 1 and type 2 slowly changing dimensions, a pure function of deliveries. */
package org.assay.silver.history;
