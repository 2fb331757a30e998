package org.pgrehearsal.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A row of {@code dr_ledger}: one operation of one writer, written in one transaction together with its twin and its transfer.
 *
 * @param run      the run that wrote it; a row of another run comes from another cluster
 * @param writer   0 or more
 * @param sequence the writer's own dense count of attempts, from 0
 * @param kind     what the transaction did besides
 * @param debit    the account that lost {@code amount}
 * @param credit   the account that won it
 * @param amount   what was moved
 * @param payload  random bytes; some are large enough to be stored out of line
 * @param previous the hash of the writer's last acknowledged operation, 32 zero bytes for the first
 * @param hash     SHA-256 over all of the above, see {@link #computeHash}
 * @param xid      the top-level transaction that wrote it, with its epoch ({@code pg_current_xact_id})
 * @param timeline the timeline on which it was written
 */
@SuppressWarnings("ArrayRecordComponent") // read by the million, never compared as a whole
public record LedgerRow(
        UUID run,
        int writer,
        long sequence,
        OperationKind kind,
        int debit,
        int credit,
        int amount,
        byte[] payload,
        byte[] previous,
        byte[] hash,
        long xid,
        int timeline) {
    /** Bytes in a hash. */
    public static final int HASH_LENGTH = 32;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    });

    /**
     * The hash that the row must carry: SHA-256 over run (16 bytes), writer (4), sequence (8), kind's code (1), debit (4), credit (4), amount
     * (4), previous (32), payload; numbers big-endian. The transaction and the timeline are left out: they are known only once it is written.
     */
    public static byte[] computeHash(
            UUID run,
            int writer,
            long sequence,
            OperationKind kind,
            int debit,
            int credit,
            int amount,
            byte[] payload,
            byte[] previous) {
        ByteBuffer head = ByteBuffer.allocate(16 + 4 + 8 + 1 + 12 + HASH_LENGTH);
        head.putLong(run.getMostSignificantBits()).putLong(run.getLeastSignificantBits());
        head.putInt(writer).putLong(sequence).put(kind.code());
        head.putInt(debit).putInt(credit).putInt(amount).put(previous, 0, HASH_LENGTH);
        MessageDigest digest = SHA256.get();
        digest.update(head.array());
        return digest.digest(payload);
    }

    /** The hash that this row's content asks for; differs from {@link #hash} if the row was altered. */
    public byte[] expectedHash() {
        return computeHash(run, writer, sequence, kind, debit, credit, amount, payload, previous);
    }

    /** The first eight bytes of a hash, which is what the history and the checker keep of it. */
    public static long shortHash(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }
}
