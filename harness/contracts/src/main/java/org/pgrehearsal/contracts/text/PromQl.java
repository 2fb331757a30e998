package org.pgrehearsal.contracts.text;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that an expression of Prometheus asks for. */
public final class PromQl {
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`");
    private static final Pattern COMMENT = Pattern.compile("(?m)#.*$");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*\\}");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern GROUPING = Pattern.compile(
            "\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?=\\s*(\\()?)");
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "bool",
            "offset",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "inf",
            "nan",
            "atan2",
            "start",
            "end");

    private PromQl() {}

    /** Names in the order of the alphabet. A name chosen by {@code __name__} is not seen. */
    public static Set<String> metrics(String expression) {
        String bare = COMMENT.matcher(TEXT.matcher(expression).replaceAll(" ")).replaceAll(" ");
        bare = LABELS.matcher(bare).replaceAll(" ");
        bare = RANGE.matcher(bare).replaceAll(" ");
        bare = GROUPING.matcher(bare).replaceAll(" ");
        // durations and numbers such as 5m or 1e9 are no names
        bare = bare.replaceAll("(?<![a-zA-Z0-9_:])[0-9][0-9a-zA-Z_.]*", " ");
        Set<String> metrics = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            boolean function = name.group(1) != null;
            if (!function && !WORDS.contains(name.group().toLowerCase(java.util.Locale.ROOT))) {
                metrics.add(name.group());
            }
        }
        return metrics;
    }
}
