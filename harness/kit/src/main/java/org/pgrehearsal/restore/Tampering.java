package org.pgrehearsal.restore;

import java.util.List;
import java.util.Locale;
import org.pgrehearsal.verdict.Anomaly;

/**
 * A change to a restored database that the checks must notice, as what it is. In the statements {@code :last} stands for the numbers of the
 * last transactions, {@code :operation} for the writer and sequence of an operation of the kind that is wanted. The last statement must change
 * a row.
 */
enum Tampering {
    LAST_OPERATIONS_DELETED(
            Anomaly.LOST_SUFFIX,
            "DELETE FROM dr_ledger WHERE xid::text::bigint & 4294967295 IN (:last)",
            Sql.DELETE_TWINS_OF_NOTHING),
    OPERATION_IN_THE_MIDDLE_DELETED(
            Anomaly.HOLE,
            "DELETE FROM dr_ledger WHERE xid = (SELECT xid FROM dr_ledger ORDER BY xid OFFSET (SELECT count(*) / 2 FROM dr_ledger) LIMIT 1)",
            Sql.DELETE_TWINS_OF_NOTHING),
    OPERATION_INVENTED(Anomaly.GHOST, Sql.COPY_AS.formatted("writer, 1000000000")),
    OPERATION_WITHOUT_A_COMMIT_INSERTED(Anomaly.GHOST, Wanted.NEVER_COMMITTED, Sql.COPY_AS.formatted(":operation")),
    ROLLED_BACK_OPERATION_INSERTED(Anomaly.RESURRECTED_ABORT, Wanted.ROLLED_BACK, Sql.COPY_AS.formatted(":operation")),
    OPERATION_OF_THE_OTHER_BRANCH_INSERTED(
            Anomaly.WRONG_BRANCH, Wanted.LEFT_BEHIND, Sql.COPY_AS.formatted(":operation")),
    OPERATION_DOUBLED(
            Anomaly.DUPLICATE,
            "ALTER TABLE dr_ledger DROP CONSTRAINT dr_ledger_pkey",
            "INSERT INTO dr_ledger SELECT * FROM dr_ledger LIMIT 1"),
    AMOUNT_CHANGED(Anomaly.ALTERED, Sql.UPDATE.formatted("dr_ledger", "amount = amount + 1", "dr_ledger")),
    AMOUNT_FORGED(Anomaly.ALTERED, Sql.UPDATE.formatted("dr_ledger", "amount = amount + 1, " + Sql.HASH, "dr_ledger")),
    NUMBER_CHANGED(Anomaly.ALTERED, Sql.UPDATE.formatted("dr_ledger", "xid = '1000000000'", "dr_ledger")),
    TIMELINE_CHANGED(Anomaly.ALTERED, Sql.UPDATE.formatted("dr_ledger", "timeline = timeline + 1", "dr_ledger")),
    PAYLOAD_LOST(
            Anomaly.ALTERED,
            "ALTER TABLE dr_ledger ALTER COLUMN payload DROP NOT NULL",
            Sql.UPDATE.formatted("dr_ledger", "payload = NULL", "dr_ledger")),
    ROW_OF_ANOTHER_RUN(
            Anomaly.WRONG_CLUSTER, Sql.UPDATE.formatted("dr_ledger", "run = gen_random_uuid()", "dr_ledger")),
    TWIN_DELETED(Anomaly.TORN_TRANSACTION, "DELETE FROM dr_twin WHERE ctid = (SELECT ctid FROM dr_twin LIMIT 1)"),
    TWIN_CHANGED(Anomaly.TORN_TRANSACTION, Sql.UPDATE.formatted("dr_twin", "hash = sha256(hash)", "dr_twin")),
    TWIN_INVENTED(Anomaly.GHOST, "INSERT INTO dr_twin SELECT run, writer, 1000000000, hash FROM dr_twin LIMIT 1"),
    TWIN_DOUBLED(
            Anomaly.DUPLICATE,
            "ALTER TABLE dr_twin DROP CONSTRAINT dr_twin_pkey",
            "INSERT INTO dr_twin SELECT * FROM dr_twin LIMIT 1"),
    TWIN_OF_ANOTHER_RUN(Anomaly.WRONG_CLUSTER, Sql.UPDATE.formatted("dr_twin", "run = gen_random_uuid()", "dr_twin")),
    BALANCE_CHANGED(
            Anomaly.TORN_TRANSACTION, Sql.UPDATE.formatted("dr_account", "balance = balance + 1", "dr_account")),
    ACCOUNT_DELETED(
            Anomaly.TORN_TRANSACTION, "DELETE FROM dr_account WHERE ctid = (SELECT ctid FROM dr_account LIMIT 1)"),
    ACCOUNT_INVENTED(Anomaly.GHOST, "INSERT INTO dr_account VALUES (1000000000, 0)"),
    ACCOUNT_DOUBLED(
            Anomaly.DUPLICATE,
            "ALTER TABLE dr_account DROP CONSTRAINT dr_account_pkey",
            "INSERT INTO dr_account SELECT * FROM dr_account LIMIT 1"),
    TABLE_CREATED(
            Anomaly.OBJECTS_DIFFER,
            "CREATE TABLE dr_ddl_tampering (n integer)",
            "INSERT INTO dr_ddl_tampering VALUES (1)"),
    TABLE_DROPPED(
            Anomaly.OBJECTS_DIFFER,
            "DO $$ BEGIN EXECUTE (SELECT format('DROP TABLE %I', tablename) FROM pg_tables WHERE tablename LIKE 'dr\\_ddl\\_%' LIMIT 1); END $$",
            Sql.TOUCH),
    LARGE_OBJECT_FORGOTTEN(
            Anomaly.OBJECTS_DIFFER,
            "DELETE FROM dr_large_object WHERE ctid = (SELECT ctid FROM dr_large_object LIMIT 1)"),
    SEQUENCE_TURNED_BACK(Anomaly.OBJECTS_DIFFER, "ALTER SEQUENCE dr_number RESTART", Sql.TOUCH),
    SAVEPOINT_KEPT(Anomaly.OBJECTS_DIFFER, "INSERT INTO dr_savepoint VALUES (0, 1)"),
    UNLOGGED_ROW_KEPT(Anomaly.OBJECTS_DIFFER, Wanted.RECOVERY, "INSERT INTO dr_unlogged VALUES (1)");

    /** What must be there for a change: nothing, an operation that it is about, or a recovery. */
    enum Wanted {
        NONE,
        ROLLED_BACK,
        /** Its writer never knew, and the log says no, or not yet. */
        NEVER_COMMITTED,
        /** Only where history forked. */
        LEFT_BEHIND,
        /** Only where the log was replayed: a dump has the rows of unlogged tables. */
        RECOVERY;

        boolean isOperation() {
            return this == ROLLED_BACK || this == NEVER_COMMITTED || this == LEFT_BEHIND;
        }
    }

    private static final class Sql {
        private static final String DELETE_TWINS_OF_NOTHING =
                "DELETE FROM dr_twin t WHERE NOT EXISTS (SELECT FROM dr_ledger l WHERE (l.writer, l.seq) = (t.writer, t.seq))";
        private static final String COPY_AS = """
                INSERT INTO dr_ledger (run, writer, seq, kind, debit, credit, amount, payload, previous, hash, timeline)
                SELECT run, %s, kind, debit, credit, amount, payload, previous, hash, timeline FROM dr_ledger LIMIT 1
                """;
        /** As {@link org.pgrehearsal.ledger.LedgerRow#computeHash} has it, of a row whose amount becomes one more. */
        private static final String HASH = "hash = sha256(uuid_send(run) || int4send(writer) || int8send(seq)"
                + " || substring(int2send(kind) from 2) || int4send(debit) || int4send(credit) || int4send(amount + 1)"
                + " || previous || payload)";

        private static final String UPDATE = "UPDATE %s SET %s WHERE ctid = (SELECT ctid FROM %s LIMIT 1)";
        /** Changes nothing, in a table that no check reads for itself. */
        private static final String TOUCH = UPDATE.formatted("dr_number_taken", "number = number", "dr_number_taken");
    }

    private final Anomaly anomaly;
    private final Wanted wanted;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strings
    private final List<String> statements;

    Tampering(Anomaly anomaly, String... statements) {
        this(anomaly, Wanted.NONE, statements);
    }

    Tampering(Anomaly anomaly, Wanted wanted, String... statements) {
        this.anomaly = anomaly;
        this.wanted = wanted;
        this.statements = List.of(statements);
    }

    /** As what it must be found. */
    Anomaly anomaly() {
        return anomaly;
    }

    Wanted wanted() {
        return wanted;
    }

    List<String> statements() {
        return statements;
    }

    /** What is done, for a reader. */
    String phrase() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
