package org.pgrehearsal.sabotage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.Lsn;

/** What became of the restore of a damaged copy. */
public sealed interface Outcome {
    /** Who said no. */
    enum By {
        /** The backup system, before the server was started. */
        ENGINE,
        /** PostgreSQL: it did not start, or ended recovery with an error. */
        SERVER
    }

    /**
     * Loud failure: nothing was promoted.
     *
     * @param by     who said no
     * @param reason in its own words: an error message, or the lines of a log
     */
    record Refused(By by, String reason) implements Outcome {}

    /**
     * The restore succeeded, and the checks found something.
     *
     * @param findings  never empty
     * @param firstLost the end of the first lost commit's record; null if no commit was lost
     */
    record Refuted(List<Finding> findings, @Nullable Lsn firstLost) implements Outcome {
        public Refuted {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("refuted without a finding");
            }
        }
    }

    /** The restore succeeded, and every check passed. */
    record Accepted() implements Outcome {}
}
