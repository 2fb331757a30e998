package org.pgrehearsal.lab;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code lab/images.yaml}.
 *
 * @param image  the name that the manifests use, with its tag
 * @param folder of its Dockerfile, in {@code lab/images}
 * @param users  what needs it: backup systems, stores, {@code flux}, or {@link #EVERY_RUN}
 * @param debian the list of Debian packages in {@code lab/debian}; null if it has none
 * @param go     modules of {@code lab/go}
 * @param crate  a Rust program as {@code NAME@VERSION}; null if it has none
 * @param plugin whether it is made from the sources of the plugin in this repository
 * @param here   whether Docker on this machine runs it, rather than the node
 */
record Recipe(
        String image,
        String folder,
        @JsonProperty("for") List<String> users,
        @Nullable String debian,
        @Nullable List<String> go,
        @Nullable String crate,
        boolean plugin,
        boolean here) {
    static final String EVERY_RUN = "every run";

    Recipe {
        go = go == null ? List.of() : List.copyOf(go);
    }

    @Override
    public List<String> go() {
        return go == null ? List.of() : go;
    }

    boolean isFor(Set<String> wanted) {
        return users.contains(EVERY_RUN) || users.stream().anyMatch(wanted::contains);
    }

    /** What a registry that stands for all others calls it: without the host. */
    String path() {
        return image.substring(image.indexOf('/') + 1);
    }
}
