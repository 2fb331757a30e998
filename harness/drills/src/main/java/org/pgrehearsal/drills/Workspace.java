package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.pgrehearsal.evidence.RunFolder;
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

    /**
     * Makes both.
     *
     * @param reports where run folders go
     * @param place   where the work directory is made
     * @param keep    whether the work directory stays
     */
    Workspace(Path reports, Path place, boolean keep) {
        folder = RunFolder.create(reports, started);
        try {
            work = makeWork(place);
            Janitor janitor = undo.closing(
                    "clean up " + work, Janitor.watch(work, UUID.randomUUID().toString(), keep));
            runner = new Runner(
                    Account.unprivileged(),
                    work,
                    janitor,
                    new Transcript(folder.path().resolve("commands.log"), redaction));
        } catch (IOException e) {
            undo.close();
            throw new UncheckedIOException(
                    "cannot make a work directory in " + place + ": " + e.getMessage()
                            + "; choose another one with --work",
                    e);
        } catch (RuntimeException e) {
            undo.close();
            throw e;
        }
    }

    /** Short, because the path of a socket may have 107 bytes only. */
    private static Path makeWork(Path parent) throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(
                parent,
                "rehearse-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
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
