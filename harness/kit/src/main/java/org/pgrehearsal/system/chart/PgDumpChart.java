package org.pgrehearsal.system.chart;

import java.util.Map;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.dump.DumpLayout;

/** The chart {@code cnpg-pgdump-backup}: a CronJob that dumps one database to S3, and Jobs that restore it. */
public final class PgDumpChart implements BackupSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "pgdump-chart";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.ARCHIVE, "a dump is one snapshot; nothing that commits later is in it",
                Capability.POINT_IN_TIME, "a dump is one snapshot; there is no log to replay to another time",
                Capability.INCREMENTAL, "pg_dump writes every row each time",
                Capability.SPOOL, "without an archive there is nothing to spool",
                Capability.INDEX, "each dump describes itself in its own manifest; nothing spans two of them",
                Capability.PLAIN, "the chart's dumps have the custom format only",
                Capability.OPERATOR, "the chart's dumps are Jobs; no operator takes or restores them",
                Capability.GITOPS, "the playbook of the tree's own database is that of its archive");
    }

    /** From the folder of one database on. */
    @Override
    public ArchiveLayout layout() {
        return new DumpLayout();
    }
}
