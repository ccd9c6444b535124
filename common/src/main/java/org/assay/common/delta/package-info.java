/** The lake's tables as Delta tables. */
package org.assay.common.delta;
