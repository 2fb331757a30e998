package org.pgrehearsal.system.cnpg;

import java.util.Map;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.barman.BarmanLayout;

/** CloudNativePG with plugin-barman-cloud. */
public final class CnpgBarman implements BackupSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "cnpg-barman";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.INCREMENTAL, "barman-cloud-backup copies everything each time",
                Capability.SPOOL, "the plugin's spool lives and dies with its pod",
                Capability.INDEX, "barman-cloud keeps no index: it lists the bucket, and each backup describes itself",
                Capability.LOGICAL, "barman-cloud copies files, not rows",
                Capability.FORK,
                        "the operator lets a restored cluster archive only to an empty place, so no archive of its holds two branches");
    }

    @Override
    public ArchiveLayout layout() {
        return new BarmanLayout();
    }
}
