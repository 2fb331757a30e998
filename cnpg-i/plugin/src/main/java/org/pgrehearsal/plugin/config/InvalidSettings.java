package org.pgrehearsal.plugin.config;

import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the parameters of one plugin entry. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    InvalidSettings(List<Violation> violations) {
        super(violations.stream()
                .map(one -> "parameter " + one.parameter() + ": " + one.message())
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
