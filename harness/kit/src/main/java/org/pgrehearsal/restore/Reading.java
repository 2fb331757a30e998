package org.pgrehearsal.restore;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.pgrehearsal.check.ExpectedObjects;
import org.pgrehearsal.check.LedgerCheck;
import org.pgrehearsal.check.RestoredObjects;
import org.pgrehearsal.check.TransactionStatus;
import org.pgrehearsal.check.TransactionStatusCheck;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.LedgerRowReader;
import org.pgrehearsal.ledger.MalformedRowException;
import org.pgrehearsal.ledger.TwinRow;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads a restored database for the checks: every row by a sequential scan, since a damaged index must not decide what is seen.
 */
final class Reading {
    private static final int BATCH = 2_000;

    private final Connection connection;

    /** Reads over a connection to the ledger's database. */
    Reading(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_indexscan = off");
            statement.execute("SET enable_indexonlyscan = off");
            statement.execute("SET enable_bitmapscan = off");
            statement.execute("SET default_transaction_read_only = on");
        }
        connection.commit();
    }

    /**
     * Shows the whole ledger to a check, and each row to someone who listens. The rows come as a binary copy, which costs half of what result
     * sets do.
     */
    void ledger(LedgerCheck check, Consumer<LedgerRow> listener) throws SQLException {
        LedgerRowReader ledger = new LedgerRowReader();
        copy("SELECT " + LedgerRowReader.LEDGER_COLUMNS + " FROM dr_ledger", check, message -> {
            LedgerRow row = ledger.ledgerRow(message);
            if (row != null) {
                check.ledgerRow(row);
                listener.accept(row);
            }
        });
        LedgerRowReader twins = new LedgerRowReader();
        copy("SELECT " + LedgerRowReader.TWIN_COLUMNS + " FROM dr_twin", check, message -> {
            TwinRow twin = twins.twinRow(message);
            if (twin != null) {
                check.twinRow(twin);
            }
        });
        rows("SELECT id, balance FROM dr_account", result -> check.account(result.getInt(1), result.getLong(2)));
    }

    /** Reads the answer to a query as a binary copy; a row that no writer wrote is for the check to report. */
    private void copy(String query, LedgerCheck check, Consumer<byte[]> messages) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            try {
                messages.accept(message);
            } catch (MalformedRowException e) {
                check.unreadableRow(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The numbers that operations took from the sequence. */
    void numbers(ExpectedObjects.Collector collector) throws SQLException {
        rows(
                "SELECT writer, seq, number FROM dr_number_taken",
                result -> collector.number(result.getInt(1), result.getLong(2), result.getLong(3)));
    }

    RestoredObjects objects(boolean unloggedMustBeEmpty) throws SQLException {
        Set<String> tables = new HashSet<>();
        rows(
                "SELECT relname FROM pg_class WHERE relname LIKE 'dr\\_ddl\\_%' AND relkind = 'r'",
                result -> tables.add(result.getString(1)));
        Set<String> largeObjects = new HashSet<>();
        rows(
                "SELECT encode(sha256(lo_get(loid)), 'hex') FROM dr_large_object",
                result -> largeObjects.add(result.getString(1)));
        long orphans = count(
                "SELECT count(*) FROM pg_largeobject_metadata WHERE oid NOT IN (SELECT loid FROM dr_large_object)");
        if (orphans > 0) {
            largeObjects.add(orphans + " that no row names");
        }
        return new RestoredObjects(
                tables,
                largeObjects,
                count("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM dr_number"),
                count("SELECT count(*) FROM dr_savepoint"),
                unloggedMustBeEmpty ? unlogged() : count("SELECT count(*) FROM dr_unlogged"),
                unloggedMustBeEmpty);
    }

    /** An unlogged table cannot be read during recovery at all: then it is as good as empty. */
    private long unlogged() throws SQLException {
        if (count("SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END") == 1) {
            return 0;
        }
        return count("SELECT count(*) FROM dr_unlogged");
    }

    /** Asks for the status of every transaction in a check's scope. */
    void statuses(TransactionStatusCheck check) throws SQLException {
        long next = count("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
        Long[] numbers =
                check.transactionsToAsk().map(xid -> widened(xid, next)).boxed().toArray(Long[]::new);
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT x, CASE WHEN x >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint THEN 'future'
                               ELSE coalesce(pg_xact_status(x::text::xid8), 'unknown to server') END
                FROM unnest(?::bigint[]) AS x
                """)) {
            Array array = connection.createArrayOf("bigint", numbers);
            statement.setArray(1, array);
            statement.setFetchSize(BATCH);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String status = result.getString(2).replace(' ', '_').toUpperCase(Locale.ROOT);
                    check.status(result.getLong(1) & 0xFFFF_FFFFL, TransactionStatus.valueOf(status));
                }
            }
        }
    }

    /** The log has the low 32 bits of a number only: the whole one is that which lies nearest to the next one to be given out. */
    static long widened(long xid, long next) {
        return next + (int) (xid - next);
    }

    /** Reads what a change left, before it is rolled back. */
    interface Look {
        void take() throws SQLException;
    }

    /**
     * Changes the database, looks, and takes the change back.
     *
     * @return false if the last statement changed no row; then nothing was looked at
     */
    boolean tampered(List<String> statements, Look look) throws SQLException {
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION READ WRITE");
            int changed = 0;
            for (String sql : statements) {
                changed = statement.executeUpdate(sql);
            }
            if (changed > 0) {
                look.take();
            }
            return changed > 0;
        } finally {
            connection.rollback();
        }
    }

    long systemId() throws SQLException {
        return count("SELECT system_identifier FROM pg_control_system()");
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private interface Row {
        void take(ResultSet result) throws SQLException;
    }

    private void rows(String sql, Row row) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(BATCH);
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    row.take(result);
                }
            }
        }
    }
}
