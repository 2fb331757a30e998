package org.pgrehearsal.check;

import org.pgrehearsal.wal.CommitOrder;

/** How evidence names an operation. */
final class Text {
    private Text() {}

    static String key(int writer, long sequence) {
        return "writer " + writer + " operation " + sequence;
    }

    /** Names an operation with its transaction and how the log ended it. */
    static String operation(Expectation expectation, CommitOrder commits, int writer, long sequence) {
        int ending = expectation.ending(writer, sequence);
        String ended = ending < 0
                ? "not ended in the log"
                : (commits.kind(ending).commits() ? "committed at " : "aborted at ") + commits.start(ending);
        return key(writer, sequence) + " (xid " + expectation.history().xid(writer, sequence) + ", "
                + expectation.history().kind(writer, sequence) + ", " + ended + ")";
    }
}
