package org.pgrehearsal.restore;

import java.util.List;
import java.util.Locale;
import org.pgrehearsal.verdict.Anomaly;

/**
 * A change to a restored database that the checks must notice, as what it is. {@code :run}, {@code :last} (numbers of the last transactions),
 * {@code :writer} and {@code :seq} (an operation that was rolled back) are filled in.
 */
enum Tampering {
    LAST_OPERATIONS_DELETED(
            Anomaly.LOST_SUFFIX,
            "DELETE FROM dr_ledger WHERE xid::text::bigint & 4294967295 IN (:last)",
            "DELETE FROM dr_twin t WHERE NOT EXISTS (SELECT FROM dr_ledger l WHERE (l.writer, l.seq) = (t.writer, t.seq))"),
    OPERATION_IN_THE_MIDDLE_DELETED(
            Anomaly.HOLE,
            "DELETE FROM dr_ledger WHERE xid = (SELECT xid FROM dr_ledger ORDER BY xid OFFSET (SELECT count(*) / 2 FROM dr_ledger) LIMIT 1)",
            "DELETE FROM dr_twin t WHERE NOT EXISTS (SELECT FROM dr_ledger l WHERE (l.writer, l.seq) = (t.writer, t.seq))"),
    OPERATION_INVENTED(
            Anomaly.GHOST,
            "INSERT INTO dr_ledger (run, writer, seq, kind, debit, credit, amount, payload, previous, hash, timeline)"
                    + " SELECT run, writer, 1000000000, kind, debit, credit, amount, payload, previous, hash, timeline FROM dr_ledger LIMIT 1"),
    ROLLED_BACK_OPERATION_INSERTED(
            Anomaly.RESURRECTED_ABORT,
            "INSERT INTO dr_ledger (run, writer, seq, kind, debit, credit, amount, payload, previous, hash, timeline)"
                    + " SELECT run, :writer, :seq, kind, debit, credit, amount, payload, previous, hash, timeline FROM dr_ledger LIMIT 1"),
    TWIN_DELETED(Anomaly.TORN_TRANSACTION, "DELETE FROM dr_twin WHERE ctid = (SELECT ctid FROM dr_twin LIMIT 1)"),
    BALANCE_CHANGED(
            Anomaly.TORN_TRANSACTION,
            "UPDATE dr_account SET balance = balance + 1 WHERE id = (SELECT min(id) FROM dr_account)"),
    OPERATION_DOUBLED(
            Anomaly.DUPLICATE,
            "ALTER TABLE dr_ledger DROP CONSTRAINT dr_ledger_pkey",
            "INSERT INTO dr_ledger SELECT * FROM dr_ledger LIMIT 1"),
    AMOUNT_CHANGED(
            Anomaly.ALTERED,
            "UPDATE dr_ledger SET amount = amount + 1 WHERE ctid = (SELECT ctid FROM dr_ledger LIMIT 1)"),
    ROW_OF_ANOTHER_RUN(
            Anomaly.WRONG_CLUSTER,
            "UPDATE dr_ledger SET run = gen_random_uuid() WHERE ctid = (SELECT ctid FROM dr_ledger LIMIT 1)"),
    TABLE_CREATED(
            Anomaly.OBJECTS_DIFFER,
            "CREATE TABLE dr_ddl_tampering (n integer)",
            "INSERT INTO dr_ddl_tampering VALUES (1)"),
    LARGE_OBJECT_FORGOTTEN(
            Anomaly.OBJECTS_DIFFER,
            "DELETE FROM dr_large_object WHERE ctid = (SELECT ctid FROM dr_large_object LIMIT 1)"),
    SEQUENCE_TURNED_BACK(
            Anomaly.OBJECTS_DIFFER,
            "ALTER SEQUENCE dr_number RESTART",
            "UPDATE dr_number_taken SET number = number WHERE ctid = (SELECT ctid FROM dr_number_taken LIMIT 1)"),
    SAVEPOINT_KEPT(Anomaly.OBJECTS_DIFFER, "INSERT INTO dr_savepoint VALUES (0, 1)");

    private final Anomaly anomaly;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strings
    private final List<String> statements;

    /** @param statements of which the last one must change a row at least */
    Tampering(Anomaly anomaly, String... statements) {
        this.anomaly = anomaly;
        this.statements = List.of(statements);
    }

    /** As what it must be found. */
    Anomaly anomaly() {
        return anomaly;
    }

    List<String> statements() {
        return statements;
    }

    /** For a reader: what was done. */
    String phrase() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
