/** What each table promises; the table reference is generated from here. */
package org.assay.common.contract;
