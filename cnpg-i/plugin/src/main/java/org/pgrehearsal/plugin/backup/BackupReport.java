package org.pgrehearsal.plugin.backup;

import org.pgrehearsal.plugin.config.ClusterView;

/** Who wants to know what became of a backup. */
public interface BackupReport {
    /** It is complete, and was found in the repository. */
    void proven(ClusterView of, BackupTaker.Taken taken);

    /** It failed, or was not found. */
    void failed(ClusterView of, String why);
}
