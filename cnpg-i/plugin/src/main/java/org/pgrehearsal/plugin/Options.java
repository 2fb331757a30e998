package org.pgrehearsal.plugin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of the command line, of the form {@code --name=value}.
 *
 * @param values by name, with its dashes
 */
record Options(Map<String, String> values) {
    static Options of(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + argument + "' is not of the form --option=value");
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Options(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String or(String name, String usual) {
        return values.getOrDefault(name, usual);
    }

    String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
