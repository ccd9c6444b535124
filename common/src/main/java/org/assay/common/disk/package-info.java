/**
 * Local disks for Hadoop, without a process for every permission and link, and with safe commits.
 */
package org.assay.common.disk;
