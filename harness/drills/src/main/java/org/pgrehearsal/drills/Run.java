package org.pgrehearsal.drills;

import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.process.Redaction;

/** Something that a command carries out and reports on. Closing it leaves nothing behind but the run folder. */
public sealed interface Run extends AutoCloseable permits Rehearsal, VerifyRun {
    /** Does all that is to be done, and says what it came to. */
    RunRecord run() throws Exception;

    /**
     * Ends the processes and removes the work directory while {@link #run} may still be under way, for a program that was told to end: no report
     * is written any more.
     */
    void abort();

    RunFolder folder();

    /** The secrets that must not be in the folder. */
    Redaction redaction();

    @Override
    void close();
}
