package org.pgrehearsal.plugin.config;

/**
 * A parameter that cannot be accepted.
 *
 * @param parameter its name as the user wrote it, or the one that is missing
 * @param value     as the user wrote it; empty if it is missing
 * @param message   what is wrong and what to do
 */
public record Violation(String parameter, String value, String message) {}
