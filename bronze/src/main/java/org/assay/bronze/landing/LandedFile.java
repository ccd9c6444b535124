package org.assay.bronze.landing;

import org.assay.bronze.extract.LandingPath;
import org.assay.common.delivery.SourceFile;

/**
 * A file of an extract in landing.
 *
 * @param file the file
 * @param says what its path says
 */
record LandedFile(SourceFile file, LandingPath.Match says) {}
