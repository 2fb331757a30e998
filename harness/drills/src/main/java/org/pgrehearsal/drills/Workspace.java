package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.platform.local.WorkPlace;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.undo.UndoStack;

/** What every run has: a folder for its evidence, a work directory that goes with it, and a way to run commands there. */
final class Workspace implements AutoCloseable {
    private final UndoStack undo = new UndoStack();
    private final Redaction redaction = new Redaction();
    private final Instant started = Instant.now();
    private final RunFolder folder;
    private final Path work;
    private final Runner runner;
    private final Janitor janitor;

    /**
     * Makes both.
     *
     * @param reports where run folders go
     * @param place   where the work directory is made
     * @param keep    whether the work directory stays
     */
    Workspace(Path reports, Path place, boolean keep) {
        Path chosen = WorkPlace.choose(place);
        try {
            work = chosen;
            janitor = undo.closing(
                    "clean up " + work, WorkPlace.make(work, UUID.randomUUID().toString(), keep));
            folder = RunFolder.create(reports, started);
            runner = new Runner(
                    Account.unprivileged(),
                    work,
                    janitor,
                    new Transcript(folder.path().resolve("commands.log"), redaction));
            WorkPlace.demandEntry(runner);
        } catch (RuntimeException e) {
            undo.close();
            throw e;
        }
    }

    /** Ends the processes and removes the work directory at once, for a program that was told to end. */
    void abort() {
        janitor.sweep();
    }

    UndoStack undo() {
        return undo;
    }

    Redaction redaction() {
        return redaction;
    }

    Instant started() {
        return started;
    }

    RunFolder folder() {
        return folder;
    }

    Path work() {
        return work;
    }

    Runner runner() {
        return runner;
    }

    /** An authority of this run alone, for its gates. */
    CertificateAuthority authority() {
        return CertificateAuthority.create(work.resolve("ca.pem"));
    }

    @Override
    public void close() {
        undo.close();
    }
}
