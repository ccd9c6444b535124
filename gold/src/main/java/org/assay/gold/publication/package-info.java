/** Names the versions of the tables that readers should see together. */
package org.assay.gold.publication;
