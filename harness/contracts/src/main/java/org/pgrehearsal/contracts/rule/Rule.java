package org.pgrehearsal.contracts.rule;

import org.pgrehearsal.contracts.tree.World;

/** One thing that must be true of the whole tree. */
public interface Rule {
    /** As the folder of its broken fixtures is named. */
    String name();

    /** Judges. */
    void check(World world, Report report);

    /** The report of a check. */
    default Report report(World world) {
        Report report = new Report(name());
        check(world, report);
        return report;
    }
}
