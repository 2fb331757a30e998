package org.pgrehearsal.contracts.rule;

import java.util.List;
import org.pgrehearsal.contracts.tree.World;

/** One thing that must be true of the whole tree. */
public interface Rule {
    /** As the folder of its broken fixtures is named. */
    String name();

    /** Judges. */
    void check(World world, Report report);

    /** Folders beside which nothing matters to it; for who judges many trees that are the same in them. */
    default List<String> reads() {
        return List.of("");
    }

    /** The report of a check. */
    default Report report(World world) {
        Report report = new Report(name());
        check(world, report);
        return report;
    }
}
