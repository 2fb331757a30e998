package org.pgrehearsal.check;

import java.util.Set;

/**
 * What the restored cluster shows beside the ledger.
 *
 * @param tables             the tables named {@code dr_ddl_<writer>_<sequence>}
 * @param largeObjects       SHA-256 of each large object's content, in hexadecimal
 * @param sequenceLast       the sequence's last value
 * @param rolledBackRows     rows that were written under a savepoint and rolled back to it
 * @param unloggedRows       rows in the unlogged table
 * @param unloggedMustBeEmpty whether the restore went through recovery, which empties unlogged tables; a dump may keep them
 */
public record RestoredObjects(
        Set<String> tables,
        Set<String> largeObjects,
        long sequenceLast,
        long rolledBackRows,
        long unloggedRows,
        boolean unloggedMustBeEmpty) {
    public RestoredObjects {
        tables = Set.copyOf(tables);
        largeObjects = Set.copyOf(largeObjects);
    }
}
