/** What everybody may see of gold: the batch views under disclosure control. */
package org.assay.gold.open;
