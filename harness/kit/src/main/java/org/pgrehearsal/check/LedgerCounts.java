package org.pgrehearsal.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.Lsn;

/**
 * What {@link LedgerCheck} counted.
 *
 * @param ledgerRows     rows of {@code dr_ledger} that were read
 * @param twinRows       rows of {@code dr_twin} that were read
 * @param accounts       accounts that were read
 * @param expected       operations that must be there
 * @param present        expected operations that are there, with their ledger row
 * @param unknownPresent operations without an answer that the log commits before the stop
 * @param unknownAbsent  the other operations without an answer
 * @param neverArchived  acknowledged operations that the archived log never ends: lost with the source (RPO)
 * @param leftBehind     acknowledged operations on a branch that the path left: what a takeover lost, or what a restore was not to bring back
 * @param commitsBefore  commit records before the stop, of any transaction
 * @param commitsAfter   commit records at or after the stop
 * @param clockInverted  commit records at or after the stop whose time is not after the time asked for
 */
public record LedgerCounts(
        long ledgerRows,
        long twinRows,
        long accounts,
        long expected,
        long present,
        long unknownPresent,
        long unknownAbsent,
        long neverArchived,
        long leftBehind,
        long commitsBefore,
        long commitsAfter,
        long clockInverted) {
    List<Measurement> measurements() {
        return List.of(
                new Measurement("ledger rows read", ledgerRows, "rows"),
                new Measurement("twin rows read", twinRows, "rows"),
                new Measurement("accounts read", accounts, "rows"),
                new Measurement("operations expected", expected, "operations"),
                new Measurement("operations present", present, "operations"),
                new Measurement("unknown outcomes resolved present", unknownPresent, "operations"),
                new Measurement("unknown outcomes resolved absent", unknownAbsent, "operations"),
                new Measurement("acknowledged, never archived", neverArchived, "operations"),
                new Measurement("acknowledged on a branch left behind", leftBehind, "operations"),
                new Measurement("commits before the stop", commitsBefore, "commits"),
                new Measurement("commits after the stop", commitsAfter, "commits"),
                new Measurement("clock-inverted commits", clockInverted, "commits"));
    }

    List<String> notCounted(Accounts accounts) {
        List<String> reasons = new ArrayList<>();
        require(reasons, expected, "no operation was expected before the stop");
        require(reasons, ledgerRows, "no ledger row was read");
        require(reasons, twinRows, "no twin row was read");
        if (accounts.count() > 0) {
            require(reasons, this.accounts, "no account was read");
        }
        return List.copyOf(reasons);
    }

    private static void require(List<String> reasons, long count, String otherwise) {
        if (count == 0) {
            reasons.add(otherwise);
        }
    }

    /** Counts as the check goes. */
    static final class Builder {
        long ledgerRows;
        long twinRows;
        long expected;
        long present;
        private long unknownPresent;
        private long unknownAbsent;
        private long neverArchived;
        long leftBehind;
        long commitsBefore;
        long commitsAfter;
        long clockInverted;

        /** Of what was left behind, the operation that was written first. */
        @Nullable
        Left firstLeft;

        record Left(int writer, long sequence, Lsn at) {}

        void unknown(boolean present) {
            if (present) {
                unknownPresent++;
            } else {
                unknownAbsent++;
            }
        }

        void acknowledgedNotEnded(History history, int writer, long sequence, boolean left) {
            if (!left) {
                neverArchived++;
                return;
            }
            leftBehind++;
            Left here = new Left(writer, sequence, history.insertedAt(writer, sequence));
            if (firstLeft == null || here.at().isBefore(firstLeft.at())) {
                firstLeft = here;
            }
        }

        LedgerCounts build(long accounts) {
            return new LedgerCounts(
                    ledgerRows,
                    twinRows,
                    accounts,
                    expected,
                    present,
                    unknownPresent,
                    unknownAbsent,
                    neverArchived,
                    leftBehind,
                    commitsBefore,
                    commitsAfter,
                    clockInverted);
        }
    }
}
