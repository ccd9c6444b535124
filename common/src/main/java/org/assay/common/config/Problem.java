package org.assay.common.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param file the file's name
 * @param line the line in it, 0 where unknown
 * @param key the full key
 * @param sentence what was found and what is allowed
 */
public record Problem(String file, int line, String key, String sentence) {}
