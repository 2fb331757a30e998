package org.pgrehearsal.drills;

import org.pgrehearsal.evidence.DrillRecord;

/** Whoever shows how a run is getting on. Called by several threads. */
public interface RunListener {
    /** The run begins. */
    void planned(int drills);

    /** A drill, or the making of a source, goes into a phase. */
    void phase(String system, String what, String phase);

    /** A drill is over. */
    void finished(DrillRecord drill);
}
