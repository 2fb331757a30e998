package org.pgrehearsal.verdict;

/**
 * A number that a check counted or a phase took.
 *
 * @param name  what was measured, in words
 * @param value the number
 * @param unit  its unit: {@code s}, {@code rows}, {@code B}, {@code segments}…
 */
public record Measurement(String name, double value, String unit) {}
