package org.pgrehearsal.check;

import java.util.UUID;
import org.pgrehearsal.ledger.LedgerRow;

/** Rows that differ in one thing from a good one. */
final class Rows {
    private Rows() {}

    /** Of another run, with a hash that is right for it. */
    static LedgerRow ofRun(LedgerRow row, UUID run) {
        return rehashed(run, row.writer(), row.sequence(), row.amount(), row);
    }

    /** Of another place in its chain, with a hash that is right for it. */
    static LedgerRow ofSequence(LedgerRow row, long sequence) {
        return rehashed(row.run(), row.writer(), sequence, row.amount(), row);
    }

    static LedgerRow ofWriter(LedgerRow row, int writer) {
        return rehashed(row.run(), writer, row.sequence(), row.amount(), row);
    }

    static LedgerRow withAmountRehashed(LedgerRow row, int amount) {
        return rehashed(row.run(), row.writer(), row.sequence(), amount, row);
    }

    private static LedgerRow rehashed(UUID run, int writer, long sequence, int amount, LedgerRow row) {
        byte[] hash = LedgerRow.computeHash(
                run, writer, sequence, row.kind(), row.debit(), row.credit(), amount, row.payload(), row.previous());
        return new LedgerRow(
                run,
                writer,
                sequence,
                row.kind(),
                row.debit(),
                row.credit(),
                amount,
                row.payload(),
                row.previous(),
                hash,
                row.xid(),
                row.timeline());
    }

    static LedgerRow withAmount(LedgerRow row, int amount) {
        return with(row, amount, row.payload(), row.previous(), row.hash(), row.xid(), row.timeline());
    }

    static LedgerRow withPayload(LedgerRow row, byte[] payload) {
        return with(row, row.amount(), payload, row.previous(), row.hash(), row.xid(), row.timeline());
    }

    static LedgerRow withPrevious(LedgerRow row, byte[] previous) {
        return with(row, row.amount(), row.payload(), previous, row.hash(), row.xid(), row.timeline());
    }

    static LedgerRow withHash(LedgerRow row, byte[] hash) {
        return with(row, row.amount(), row.payload(), row.previous(), hash, row.xid(), row.timeline());
    }

    static LedgerRow withXid(LedgerRow row, long xid) {
        return with(row, row.amount(), row.payload(), row.previous(), row.hash(), xid, row.timeline());
    }

    static LedgerRow withTimeline(LedgerRow row, int timeline) {
        return with(row, row.amount(), row.payload(), row.previous(), row.hash(), row.xid(), timeline);
    }

    static byte[] flipped(byte[] bytes, int index) {
        byte[] copy = bytes.clone();
        copy[index] ^= 1;
        return copy;
    }

    private static LedgerRow with(
            LedgerRow row, int amount, byte[] payload, byte[] previous, byte[] hash, long xid, int timeline) {
        return new LedgerRow(
                row.run(),
                row.writer(),
                row.sequence(),
                row.kind(),
                row.debit(),
                row.credit(),
                amount,
                payload,
                previous,
                hash,
                xid,
                timeline);
    }
}
