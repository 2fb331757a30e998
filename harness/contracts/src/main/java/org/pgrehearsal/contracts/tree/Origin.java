package org.pgrehearsal.contracts.tree;

/**
 * Where an object comes from.
 *
 * @param file of the repository in which somebody would mend it
 * @param by   what made it of that, for a reader who looks for the way
 */
public record Origin(String file, String by) {}
