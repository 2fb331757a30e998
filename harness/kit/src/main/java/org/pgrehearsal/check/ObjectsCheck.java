package org.pgrehearsal.check;

import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.verdict.Anomaly;

/** Holds what the operations did beside the ledger against what the restored cluster shows. */
public final class ObjectsCheck {
    private final Accusations accusations = new Accusations();

    private ObjectsCheck() {}

    public static ObjectsResult compare(ExpectedObjects expected, RestoredObjects restored) {
        ObjectsCheck check = new ObjectsCheck();
        check.compare("table", expected.tables(), restored.tables());
        check.compare("large object", expected.largeObjects(), restored.largeObjects());
        // a sequence is not transactional: it may be ahead of what was committed, never behind
        check.accuseIf(
                restored.sequenceLast() < expected.sequenceAtLeast(),
                "the sequence is at " + restored.sequenceLast() + ", but " + expected.sequenceAtLeast()
                        + " was already taken");
        check.accuseIf(
                restored.rolledBackRows() != 0,
                restored.rolledBackRows() + " rows are there that were rolled back to a savepoint");
        check.accuseIf(
                restored.unloggedMustBeEmpty() && restored.unloggedRows() != 0,
                "the unlogged table has " + restored.unloggedRows() + " rows after recovery");
        return new ObjectsResult(
                check.accusations.findings(),
                expected.tables().size(),
                expected.largeObjects().size(),
                expected.sequenceAtLeast() > 0 ? 1 : 0);
    }

    private void compare(String kind, Set<String> expected, Set<String> restored) {
        Set<String> all = new TreeSet<>(expected);
        all.addAll(restored);
        for (String name : all) {
            accuseIf(!restored.contains(name), kind + " " + name + " is not there");
            accuseIf(!expected.contains(name), kind + " " + name + " must not be there");
        }
    }

    private void accuseIf(boolean wrong, String what) {
        if (wrong) {
            accusations.add(Anomaly.OBJECTS_DIFFER, 0, () -> what);
        }
    }
}
