package org.pgrehearsal.contracts.text;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Flux does to the text of an object after it is built. Of the many forms that its substitution has, the tree may use three: {@code ${VAR}},
 * {@code ${VAR:=default}} and {@code ${VAR:-default}}; the others are refused, so that what is judged here is what Flux makes of it.
 *
 * @param text      after the substitution
 * @param undefined variables that have neither a value nor a default; Flux puts nothing in their place
 * @param used      variables that were asked for
 * @param foreign   expressions of another form
 */
public record Substitution(String text, Set<String> undefined, Set<String> used, Set<String> foreign) {
    // $${VAR} is how a literal ${VAR} is written
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)\\}");
    private static final Pattern KNOWN = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::[=-](.*))?", Pattern.DOTALL);

    /** The text with these values. */
    public static Substitution of(String text, Map<String, String> values) {
        Set<String> undefined = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        Set<String> foreign = new TreeSet<>();
        StringBuilder result = new StringBuilder();
        Matcher matcher = EXPRESSION.matcher(text);
        while (matcher.find()) {
            String replacement = "${";
            if (matcher.group(1) != null) {
                Matcher known = KNOWN.matcher(matcher.group(1));
                if (known.matches()) {
                    String name = known.group(1);
                    String fallback = known.group(2);
                    String value = values.get(name);
                    used.add(name);
                    if (value == null && fallback == null) {
                        undefined.add(name);
                    }
                    boolean empty = value == null || value.isEmpty();
                    replacement = !empty ? value : fallback == null ? "" : fallback;
                } else {
                    foreign.add(matcher.group());
                    replacement = matcher.group();
                }
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return new Substitution(matcher.appendTail(result).toString(), undefined, used, foreign);
    }
}
