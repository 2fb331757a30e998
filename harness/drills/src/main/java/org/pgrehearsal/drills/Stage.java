package org.pgrehearsal.drills;

import java.util.List;
import java.util.Map;
import org.pgrehearsal.store.ObjectStore;
import org.pgrehearsal.system.BackupSystem;

/** The platform of one run, ready for drills. Closing it leaves nothing behind. */
interface Stage extends AutoCloseable {
    /** What reports call it. */
    String name();

    /** What ran, with which versions. */
    Map<String, String> versions();

    /** What no drill here can show, one sentence each. */
    List<String> notTested();

    /** Where backups go. */
    ObjectStore store();

    /** What belongs to one of its backup systems. */
    Lane lane(BackupSystem system);

    /** Ends what would outlive the process, while drills may still be running. */
    void abort();

    @Override
    void close();
}
