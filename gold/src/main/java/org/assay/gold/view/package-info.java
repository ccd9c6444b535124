/** The rows of the batch views. */
package org.assay.gold.view;
