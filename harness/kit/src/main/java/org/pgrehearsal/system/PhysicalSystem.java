package org.pgrehearsal.system;

import java.util.List;
import org.pgrehearsal.process.Runner;

/** A backup system that copies files and keeps the log. */
public interface PhysicalSystem extends LocalSystem {
    /**
     * The complete backups in a repository, the oldest first; nothing is written there.
     *
     * @param runner runs the system's own program, if it needs one for that
     * @throws IllegalStateException if there is no such repository, or it cannot be read; says what there is instead, where it can
     */
    List<KeptBackup> backups(Runner runner, Site site);
}
