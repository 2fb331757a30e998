package org.pgrehearsal.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.pgrehearsal.wal.Lsn;

/**
 * The history as it happens: in memory for the checker, and as {@code history.ndjson}, one JSON object a line, for the reader.
 *
 * <p>The file is flushed at the end and not synced at every event: if this process dies, the drill has no verdict at all.
 */
public final class Journal implements AutoCloseable {
    private final History history;
    private final BufferedWriter file;

    public Journal(History history, Path file) {
        this.history = history;
        try {
            this.file = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the history " + file + ": " + e.getMessage(), e);
        }
    }

    public History history() {
        return history;
    }

    /** Notes an operation whose COMMIT is about to be sent. */
    void begin(int writer, Operation operation, long xid, int timeline, Lsn insertedAt) {
        long sequence = history.begin(
                writer,
                operation.kind(),
                xid,
                timeline,
                insertedAt,
                LedgerRow.shortHash(operation.hash()),
                LedgerRow.shortHash(operation.previous()));
        if (sequence != operation.sequence()) {
            throw new IllegalStateException(
                    "writer " + writer + " skipped from operation " + sequence + " to " + operation.sequence());
        }
        line(
                "{\"at\":\"%s\",\"event\":\"begin\",\"writer\":%d,\"seq\":%d,\"kind\":\"%s\",\"xid\":%d,\"timeline\":%d,\"lsn\":\"%s\"}"
                        .formatted(Instant.now(), writer, sequence, operation.kind(), xid, timeline, insertedAt));
    }

    /** Notes what the writer was told. */
    void end(int writer, long sequence, Outcome outcome) {
        history.end(writer, sequence, outcome);
        line("{\"at\":\"%s\",\"event\":\"%s\",\"writer\":%d,\"seq\":%d}"
                .formatted(Instant.now(), outcome.name().toLowerCase(java.util.Locale.ROOT), writer, sequence));
    }

    private void line(String text) {
        try {
            synchronized (file) {
                file.write(text);
                file.newLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the history: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the history: " + e.getMessage(), e);
        }
    }
}
