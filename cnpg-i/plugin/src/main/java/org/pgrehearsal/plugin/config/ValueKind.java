package org.pgrehearsal.plugin.config;

import java.util.regex.Pattern;

/** What a value may look like. None may hold a line break, so a value cannot add a line to a configuration file. */
enum ValueKind {
    TEXT("[\\x21-\\x7e][\\x20-\\x7e]{0,500}", "printable text in one line"),
    PATH("(/[A-Za-z0-9._=-]+)+", "an absolute path such as /backups/demo, without spaces, without a slash at its end"),
    HOST("(https?://)?[A-Za-z0-9.-]+(:[0-9]{1,5})?", "a host name, with :port if needed"),
    NUMBER("[0-9]{1,7}", "a whole number"),
    FLAG("[yn]", "y or n"),
    SIZE("[0-9]{1,12}([KMGT]i?B)?", "a size such as 128MiB"),
    QUANTITY("[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi)?", "a Kubernetes quantity such as 128Mi or 250m"),
    NAME("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", "the name of a Kubernetes object"),
    STANZA("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}", "letters, digits, '_', '.' and '-', at most 63");

    private final Pattern pattern;
    private final String words;

    ValueKind(String pattern, String words) {
        this.pattern = Pattern.compile(pattern);
        this.words = words;
    }

    boolean accepts(String value) {
        return pattern.matcher(value).matches() && (this != PATH || !value.contains("/.."));
    }

    /** The whole value's, as a regular expression that a schema can have, too. */
    String pattern() {
        return pattern.pattern();
    }

    String words() {
        return words;
    }
}
