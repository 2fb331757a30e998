package org.pgrehearsal.drills;

import org.pgrehearsal.evidence.DrillRecord;

/** Nobody watches. */
final class Silent implements RunListener {
    @Override
    public void planned(int drills) {}

    @Override
    public void phase(String system, String what, String phase) {}

    @Override
    public void finished(DrillRecord drill) {}
}
