package org.pgrehearsal.check;

import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.wal.CommitOrder;

/** Judges what is not there: halves without their other half, and expected operations of which nothing is left. */
final class Absences {
    private final Expectation expectation;
    private final CommitOrder commits;
    private final Accusations accusations;
    private final Range lost = new Range();
    private final Range holes = new Range();

    Absences(Expectation expectation, CommitOrder commits, Accusations accusations) {
        this.expectation = expectation;
        this.commits = commits;
        this.accusations = accusations;
    }

    /** Accuses, and returns how many expected operations have their ledger row. */
    long judge(Restored[] restored) {
        int lastPresent = -1;
        long present = 0;
        for (int writer = 0; writer < restored.length; writer++) {
            for (int sequence = 0; sequence < expectation.history().operations(writer); sequence++) {
                boolean ledger = restored[writer].hasLedger(sequence);
                boolean twin = restored[writer].hasTwin(sequence);
                if (ledger != twin) {
                    torn(writer, sequence, ledger ? "is there without its twin" : "is not there, but its twin is");
                }
                if ((ledger || twin) && expectation.commits(writer, sequence)) {
                    lastPresent = Math.max(lastPresent, expectation.ending(writer, sequence));
                }
                if (ledger && expectation.expects(writer, sequence)) {
                    present++;
                }
            }
        }
        missing(restored, lastPresent);
        return present;
    }

    private void missing(Restored[] restored, int lastPresent) {
        for (int writer = 0; writer < restored.length; writer++) {
            for (int sequence = 0; sequence < expectation.history().operations(writer); sequence++) {
                boolean gone = !restored[writer].hasLedger(sequence) && !restored[writer].hasTwin(sequence);
                if (gone && expectation.expects(writer, sequence)) {
                    missing(writer, sequence, lastPresent);
                }
            }
        }
    }

    private void missing(int writer, int sequence, int lastPresent) {
        int ending = expectation.ending(writer, sequence);
        boolean suffix = ending > lastPresent;
        (suffix ? lost : holes).add(ending);
        accusations.add(
                suffix ? Anomaly.LOST_SUFFIX : Anomaly.HOLE,
                commits.start(ending).value(),
                () -> Text.operation(expectation, commits, writer, sequence) + " is not there");
    }

    private void torn(int writer, int sequence, String how) {
        accusations.add(
                Anomaly.TORN_TRANSACTION,
                expectation.history().insertedAt(writer, sequence).value(),
                () -> Text.operation(expectation, commits, writer, sequence) + " " + how);
    }

    @Nullable
    Missing lostSuffix() {
        return lost.missing(commits);
    }

    @Nullable
    Missing holes() {
        return holes.missing(commits);
    }

    /** The ordinals of missing commits. */
    private static final class Range {
        private long count;
        private int first = Integer.MAX_VALUE;
        private int last;

        void add(int ordinal) {
            count++;
            first = Math.min(first, ordinal);
            last = Math.max(last, ordinal);
        }

        @Nullable
        Missing missing(CommitOrder commits) {
            return count == 0 ? null : new Missing(count, commits.start(first), commits.start(last));
        }
    }
}
