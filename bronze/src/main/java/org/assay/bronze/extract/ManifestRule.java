package org.assay.bronze.extract;

/** Whether a file needs a manifest to count as complete. */
public enum ManifestRule {
  OPTIONAL,
  REQUIRED,
  /** Manifests are not looked at. */
  NONE
}
