package org.pgrehearsal.platform.kubernetes;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values into the text of objects as Flux does after it has built them ({@code postBuild.substitute}): {@code ${NAME}}, and {@code
 * ${NAME:=default}} for a variable without a value. Two dollars stand for one that is meant.
 *
 * @param values by name
 */
public record Variables(Map<String, String> values) {
    private static final Pattern EXPRESSION =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::[=-]([^}]*))?\\}");

    public Variables {
        values = Map.copyOf(values);
    }

    /**
     * The text with the values in it.
     *
     * @throws IllegalArgumentException if variables have neither a value nor a default; names them
     */
    public String in(String text) {
        TreeSet<String> undefined = new TreeSet<>();
        String done = EXPRESSION.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, undefined)));
        if (!undefined.isEmpty()) {
            throw new IllegalArgumentException("no value for " + String.join(", ", undefined)
                    + "; set it in clusters/drill/cluster-settings.yaml");
        }
        return done;
    }

    private String value(java.util.regex.MatchResult match, TreeSet<String> undefined) {
        String name = match.group(1);
        if (name == null) {
            return "${";
        }
        String value = values.getOrDefault(name, "");
        if (!value.isEmpty()) {
            return value;
        }
        if (match.group(2) == null) {
            undefined.add(name);
            return "";
        }
        return match.group(2);
    }
}
