package org.pgrehearsal.ledger;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of {@code dr_ledger} and {@code dr_twin} from {@code COPY … TO STDOUT (FORMAT binary)}.
 *
 * <p>The format: a header of 11 bytes signature, 4 bytes flags and 4 bytes length of an extension; then for each row an int16 count of
 * fields and for each field an int32 length (-1 for null) and its bytes; at the end an int16 -1. Numbers are big-endian
 * (<a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>). The server sends each row as one message, the
 * header and the end as parts of messages of their own or with a row.
 */
public final class LedgerRowReader {
    /** The columns of {@code dr_ledger} that {@link #ledgerRow} expects, in this order. */
    public static final String LEDGER_COLUMNS =
            "run, writer, seq, kind, debit, credit, amount, payload, previous, hash, xid, timeline";

    /** The columns of {@code dr_twin} that {@link #twinRow} expects, in this order. */
    public static final String TWIN_COLUMNS = "run, writer, seq, hash";

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int END = -1;

    private @Nullable UUID lastRun;
    private boolean headerRead;

    /**
     * Reads one message of the copy ({@code CopyOut.readFromCopy}).
     *
     * @return the row; null if the message holds none (the header alone, or the end)
     * @throws MalformedRowException if the row holds what no writer writes
     */
    public @Nullable LedgerRow ledgerRow(byte[] message) {
        ByteBuffer buffer = row(message, 12);
        if (buffer == null) {
            return null;
        }
        try {
            UUID run = run(buffer);
            int writer = int4(buffer, "writer");
            long sequence = int8(buffer, "seq");
            return new LedgerRow(
                    run,
                    writer,
                    sequence,
                    kind(buffer, writer, sequence),
                    int4(buffer, "debit"),
                    int4(buffer, "credit"),
                    int4(buffer, "amount"),
                    bytes(buffer, "payload"),
                    bytes(buffer, "previous"),
                    bytes(buffer, "hash"),
                    int8(buffer, "xid"),
                    int4(buffer, "timeline"));
        } catch (BufferUnderflowException _) {
            throw cut(message);
        }
    }

    /** As {@link #ledgerRow}, for a twin. */
    public @Nullable TwinRow twinRow(byte[] message) {
        ByteBuffer buffer = row(message, 4);
        if (buffer == null) {
            return null;
        }
        try {
            return new TwinRow(run(buffer), int4(buffer, "writer"), int8(buffer, "seq"), bytes(buffer, "hash"));
        } catch (BufferUnderflowException _) {
            throw cut(message);
        }
    }

    private @Nullable ByteBuffer row(byte[] message, int fields) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        if (!headerRead) {
            skipHeader(buffer);
            headerRead = true;
        }
        if (!buffer.hasRemaining()) {
            return null;
        }
        short count = buffer.getShort();
        if (count == END) {
            return null;
        }
        if (count != fields) {
            throw new MalformedRowException("a row has " + count + " columns instead of " + fields);
        }
        return buffer;
    }

    private static void skipHeader(ByteBuffer buffer) {
        byte[] signature = new byte[SIGNATURE.length];
        if (buffer.remaining() < SIGNATURE.length + 8 || !Arrays.equals(SIGNATURE, take(buffer, signature))) {
            throw new IllegalArgumentException("not a binary copy: it does not start with its signature");
        }
        buffer.getInt(); // flags: none that matters to a reader
        int extension = buffer.getInt();
        buffer.position(buffer.position() + extension);
    }

    private static byte[] take(ByteBuffer buffer, byte[] into) {
        buffer.get(into);
        return into;
    }

    /** Millions of rows share one run. */
    private UUID run(ByteBuffer buffer) {
        length(buffer, 16, "run");
        long high = buffer.getLong();
        long low = buffer.getLong();
        UUID run = lastRun;
        if (run == null || run.getMostSignificantBits() != high || run.getLeastSignificantBits() != low) {
            run = new UUID(high, low);
            lastRun = run;
        }
        return run;
    }

    private static OperationKind kind(ByteBuffer buffer, int writer, long sequence) {
        length(buffer, 2, "kind");
        short code = buffer.getShort();
        try {
            return OperationKind.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw new MalformedRowException("writer " + writer + " operation " + sequence + ": " + e.getMessage());
        }
    }

    private static int int4(ByteBuffer buffer, String column) {
        length(buffer, 4, column);
        return buffer.getInt();
    }

    private static long int8(ByteBuffer buffer, String column) {
        length(buffer, 8, column);
        return buffer.getLong();
    }

    private static byte[] bytes(ByteBuffer buffer, String column) {
        int length = buffer.getInt();
        if (length == NULL) {
            throw new MalformedRowException("a row has a null in " + column);
        }
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        return take(buffer, new byte[length]);
    }

    private static void length(ByteBuffer buffer, int expected, String column) {
        int length = buffer.getInt();
        if (length != expected) {
            throw new MalformedRowException(
                    length == NULL
                            ? "a row has a null in " + column
                            : "a row has " + length + " bytes in " + column + " instead of " + expected);
        }
    }

    private static MalformedRowException cut(byte[] message) {
        return new MalformedRowException("a row ends after " + message.length + " bytes, before its last column");
    }
}
