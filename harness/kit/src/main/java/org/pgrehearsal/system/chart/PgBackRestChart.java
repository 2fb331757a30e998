package org.pgrehearsal.system.chart;

import java.util.Map;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.pgbackrest.PgBackRestLayout;

/** The chart {@code postgresql-pgbackrest}: PostgreSQL without an operator, archived and backed up by pgBackRest. */
public final class PgBackRestChart implements BackupSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "pgbackrest-chart";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.SPOOL, "the chart empties the spool of another database before the server starts",
                Capability.LOGICAL, "pgBackRest copies files, not rows",
                Capability.STANDBY, "the chart has one server",
                Capability.WINDOW,
                        "pgBackRest lets backups expire when the next one ends, and no drill lets it happen yet",
                Capability.REPLICA, "the chart has one server",
                Capability.OPERATOR, "no operator looks after the chart's server",
                Capability.GITOPS, "the playbook of the tree's own database is that of another system",
                Capability.FORK,
                        "a release goes on in a path of its own, so no archive of the chart's holds two branches");
    }

    /** From the repository's path on. */
    @Override
    public ArchiveLayout layout() {
        return new PgBackRestLayout();
    }
}
