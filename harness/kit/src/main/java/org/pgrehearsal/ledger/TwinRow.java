package org.pgrehearsal.ledger;

import java.util.UUID;

/**
 * A row of {@code dr_twin}: written in the same transaction as the ledger row of the same key, into another table. One without the other is
 * a torn transaction.
 *
 * @param run      as in the ledger
 * @param writer   as in the ledger
 * @param sequence as in the ledger
 * @param hash     the ledger row's hash
 */
@SuppressWarnings("ArrayRecordComponent") // read by the million, never compared as a whole
public record TwinRow(UUID run, int writer, long sequence, byte[] hash) {}
