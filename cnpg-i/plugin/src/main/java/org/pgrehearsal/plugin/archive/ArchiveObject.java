package org.pgrehearsal.plugin.archive;

import org.pgrehearsal.plugin.kubernetes.Kind;

/** Archives in the API. */
public final class ArchiveObject {
    public static final Kind KIND = new Kind("pgbackrest.pgrehearsal.org", "v1alpha1", "archives");

    /** The condition of the operator: what the Archive says is valid and on its way into pods. */
    public static final String READY = "Ready";
    /** The conditions of the primary's sidecar. */
    public static final String STANZA = "StanzaReady";

    public static final String WHOLE = "ArchiveWhole";
    public static final String PROVEN = "BackupProven";

    /** The key in the ConfigMap, and the name of the mounted file. */
    static final String FILE = "parameters.json";

    private ArchiveObject() {}

    /** The ConfigMap that carries an Archive into pods: the sidecar needs no rights for it, and the kubelet brings what changes. */
    public static String configMap(String archive) {
        return "pgbackrest-archive-" + archive;
    }
}
