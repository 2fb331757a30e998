package org.pgrehearsal.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The secret values of a run by name, and the one way to keep them out of what is written. */
public final class Redaction {
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    /** Registers a secret; from now on its value is replaced wherever it would be written. */
    public void add(String name, String value) {
        if (!value.isEmpty()) {
            secrets.put(name, value);
        }
    }

    /** Every secret by name, for the scan at the end of a run. */
    public Map<String, String> secrets() {
        return Map.copyOf(secrets);
    }

    public String apply(String text) {
        String clean = text;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            clean = clean.replace(secret.getValue(), "<" + secret.getKey() + ">");
        }
        return clean;
    }
}
