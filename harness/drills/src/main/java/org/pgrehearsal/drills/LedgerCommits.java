package org.pgrehearsal.drills;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.restore.Expected;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;

/**
 * Where the ledger's own commits lie on the path to the latest commit: by them a loss is noticed. What autovacuum commits is not among them.
 *
 * @param starts of the commit records
 */
record LedgerCommits(TreeSet<Lsn> starts) {
    static LedgerCommits of(Course course, Backup backup) {
        Expected latest = Expected.of(course, RestoreOrder.latest(backup));
        History history = course.history();
        Set<Long> ours = new HashSet<>();
        for (int writer = 0; writer < history.writers(); writer++) {
            for (long sequence = 0; sequence < history.operations(writer); sequence++) {
                // what was prepared before a fork may have been committed on both branches, and is then lost on neither
                if (history.timeline(writer, sequence) == course.timeline().value()) {
                    ours.add(history.xid(writer, sequence));
                }
            }
        }
        TreeSet<Lsn> starts = new TreeSet<>();
        for (TransactionRecord ending : latest.commits().records()) {
            if (ending.commits() && ours.contains(ending.xid())) {
                starts.add(ending.start());
            }
        }
        return new LedgerCommits(starts);
    }

    /** The first one that starts at a position or after it. */
    Optional<Lsn> firstFrom(Lsn position) {
        return Optional.ofNullable(starts.ceiling(position));
    }
}
