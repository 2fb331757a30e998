package org.pgrehearsal.contracts.rule;

/**
 * Something that a rule refuses.
 *
 * @param rule    its name
 * @param file    where somebody would mend it
 * @param subject the object, or the line
 * @param problem what is wrong and, after it, what to do
 */
public record Finding(String rule, String file, String subject, String problem) {
    @Override
    public String toString() {
        return "[" + rule + "] " + file + ": " + (subject.isEmpty() ? "" : subject + ": ") + problem;
    }
}
