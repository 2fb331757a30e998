package org.pgrehearsal.contracts.tool;

import java.util.Locale;

/** A program that some contract is judged with. */
public enum Tool {
    HELM(true),
    KUSTOMIZE(true),
    SOPS(true),
    KUBECONFORM(true),
    MKDOCS(true),
    AGE(false),
    AGE_KEYGEN(false),
    GIT(false);

    private final boolean pinned;

    Tool(boolean pinned) {
        this.pinned = pinned;
    }

    /** Whether scripts/tools makes it; the others are the system's. */
    boolean pinned() {
        return pinned;
    }

    String program() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
