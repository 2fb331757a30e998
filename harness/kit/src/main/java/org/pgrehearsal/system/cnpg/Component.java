package org.pgrehearsal.system.cnpg;

import java.util.List;

/**
 * A component of {@code kubernetes/components} that backs a Cluster up. Patches are in kustomize's own form, YAML.
 *
 * @param folder of the repository; has {@code shared-credentials} and {@code recovery} in it
 * @param secret that it takes the store's keys from
 * @param trust  patches for the store of a run: the Secret {@code store-ca} has its authority
 * @param quiet  patches that let nothing be backed up until a drill asks for it
 * @param alone  patches that take away what a restored Cluster would archive with
 */
public record Component(String folder, String secret, List<String> trust, List<String> quiet, List<String> alone) {
    /** A restored database archives nowhere: it has no place of its own, and must not have its source's. */
    static final String NO_PLUGINS = """
            target:
              kind: Cluster
            patch: |-
              - op: remove
                path: /spec/plugins
            """;

    public Component {
        trust = List.copyOf(trust);
        quiet = List.copyOf(quiet);
        alone = List.copyOf(alone);
    }

    /** The folders for a database that archives. */
    List<String> archives() {
        return List.of(folder, folder + "/shared-credentials");
    }

    /** The folders for one that is made from its backup. */
    List<String> recovers() {
        return List.of(folder, folder + "/shared-credentials", folder + "/recovery");
    }
}
