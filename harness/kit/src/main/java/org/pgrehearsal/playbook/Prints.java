package org.pgrehearsal.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a step writes to its standard output. {@code …} in a line stands for any text within that line, or for none; runs of blanks and tabs count as
 * one blank, those at the end of a line as none.
 *
 * @param lines  in their order
 * @param others whether other lines may be before, between and after them
 */
public record Prints(List<String> lines, boolean others) {
    private static final String ANY = "…";

    public Prints {
        lines = List.copyOf(lines);
    }

    /** What is wrong with an output, in one sentence; empty if nothing is. */
    public Optional<String> refuses(String output) {
        List<String> printed = output.lines().toList();
        return Optional.ofNullable(others ? missing(printed) : different(printed));
    }

    private @Nullable String missing(List<String> printed) {
        int next = 0;
        for (String line : printed) {
            if (next < lines.size() && fits(lines.get(next), line)) {
                next++;
            }
        }
        return next == lines.size()
                ? null
                : "it printed no line \"" + lines.get(next) + "\""
                        + (next == 0 ? "" : " after \"" + lines.get(next - 1) + "\"");
    }

    private @Nullable String different(List<String> printed) {
        List<String> rest = new ArrayList<>(printed);
        for (int i = 0; i < lines.size(); i++) {
            if (rest.isEmpty()) {
                return "it printed " + printed.size() + " lines, and not \"" + lines.get(i) + "\"";
            }
            String line = rest.removeFirst();
            if (!fits(lines.get(i), line)) {
                return "line " + (i + 1) + " should be \"" + lines.get(i) + "\" and is \"" + line + "\"";
            }
        }
        return rest.isEmpty() ? null : "it printed one line more: \"" + rest.getFirst() + "\"";
    }

    private static boolean fits(String expected, String line) {
        String pattern = Pattern.compile(ANY, Pattern.LITERAL)
                .splitAsStream(plain(expected) + "\n")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.matches(pattern, plain(line) + "\n");
    }

    private static String plain(String line) {
        return line.replaceAll("[ \\t]+", " ").stripTrailing();
    }
}
