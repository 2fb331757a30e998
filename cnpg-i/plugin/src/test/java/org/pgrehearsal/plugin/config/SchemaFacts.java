package org.pgrehearsal.plugin.config;

import java.util.List;
import java.util.Objects;

/** What a schema has to say of a parameter. */
public final class SchemaFacts {
    private SchemaFacts() {}

    private static Parameter parameter(String name) {
        return Objects.requireNonNull(Parameter.GENERAL.getOrDefault(name, Parameter.REPOSITORY.get(name)), name);
    }

    public static List<String> choices(String name) {
        return parameter(name).choices();
    }

    public static String pattern(String name) {
        Parameter parameter = parameter(name);
        return !parameter.choices().isEmpty() || !type(name).equals("string")
                ? ""
                : "^" + parameter.kind().pattern() + "$";
    }

    public static String type(String name) {
        Parameter parameter = parameter(name);
        return switch (parameter.kind()) {
            case NUMBER -> "integer";
            case FLAG -> "boolean";
            default -> "string";
        };
    }
}
