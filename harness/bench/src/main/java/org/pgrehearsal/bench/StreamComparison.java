package org.pgrehearsal.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.Accounts;
import org.pgrehearsal.check.LedgerCheck;
import org.pgrehearsal.check.LedgerResult;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.LedgerRowReader;
import org.pgrehearsal.ledger.TwinRow;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * How much longer it takes to read and check a ledger than to stream it out of PostgreSQL to nowhere. Arguments: a JDBC URL, and how many
 * operations (default five million). Creates, fills and leaves the tables {@code dr_ledger}, {@code dr_twin}; asks for an empty database.
 */
public final class StreamComparison {
    private static final String LEDGER =
            "COPY (SELECT " + LedgerRowReader.LEDGER_COLUMNS + " FROM dr_ledger) TO STDOUT (FORMAT binary)";
    private static final String TWIN =
            "COPY (SELECT " + LedgerRowReader.TWIN_COLUMNS + " FROM dr_twin) TO STDOUT (FORMAT binary)";
    private static final int ROUNDS = 3;

    private final Connection connection;
    private final GeneratedLedger ledger;

    private StreamComparison(Connection connection, GeneratedLedger ledger) {
        this.connection = connection;
        this.ledger = ledger;
    }

    public static void main(String[] arguments) throws SQLException {
        int operations = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000_000;
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            new StreamComparison(connection, new GeneratedLedger(operations)).run();
        }
    }

    private void run() throws SQLException {
        fill();
        History history = ledger.history();
        CommitOrder commits = ledger.commits();
        long[] balances = ledger.balances();
        double stream = Double.MAX_VALUE;
        double check = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            copy(LEDGER, _ -> {});
            copy(TWIN, _ -> {});
            long middle = System.nanoTime();
            check(history, commits, balances);
            long end = System.nanoTime();
            stream = Math.min(stream, seconds(middle - start));
            check = Math.min(check, seconds(end - middle));
            System.out.printf(
                    Locale.ROOT,
                    "round %d: streamed in %.2f s, streamed and checked in %.2f s%n",
                    round + 1,
                    seconds(middle - start),
                    seconds(end - middle));
        }
        System.out.printf(
                Locale.ROOT,
                "best of %d: %.2f s to stream, %.2f s to stream and check, ratio %.2f (goal: at most 3)%n",
                ROUNDS,
                stream,
                check,
                check / stream);
    }

    private void check(History history, CommitOrder commits, long[] balances) throws SQLException {
        LedgerCheck check = new LedgerCheck(
                history,
                commits,
                new Lsn(Long.MAX_VALUE),
                new Accounts(GeneratedLedger.ACCOUNTS, GeneratedLedger.INITIAL));
        LedgerRowReader rows = new LedgerRowReader();
        copy(LEDGER, message -> {
            @Nullable LedgerRow row = rows.ledgerRow(message);
            if (row != null) {
                check.ledgerRow(row);
            }
        });
        LedgerRowReader twins = new LedgerRowReader();
        copy(TWIN, message -> {
            @Nullable TwinRow twin = twins.twinRow(message);
            if (twin != null) {
                check.twinRow(twin);
            }
        });
        for (int id = 0; id < balances.length; id++) {
            check.account(id, balances[id]);
        }
        LedgerResult result = check.finish();
        if (!result.findings().isEmpty() || !result.counted()) {
            throw new IllegalStateException("a right ledger was accused: " + result);
        }
    }

    private void copy(String sql, Consumer<byte[]> messages) throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            messages.accept(message);
        }
    }

    private void fill() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE dr_ledger (run uuid, writer int4, seq int8, kind int2, debit int4, credit int4, amount int4,"
                            + " payload bytea, previous bytea, hash bytea, xid xid8, timeline int4)");
            statement.execute("CREATE TABLE dr_twin (run uuid, writer int4, seq int8, hash bytea)");
            load("dr_ledger", StreamComparison::ledger);
            load("dr_twin", StreamComparison::twin);
            statement.execute("VACUUM (FREEZE, ANALYZE) dr_ledger, dr_twin");
            try (ResultSet size = statement.executeQuery(
                    "SELECT count(*), pg_size_pretty(pg_table_size('dr_ledger') + pg_table_size('dr_twin')) FROM dr_ledger")) {
                size.next();
                System.out.printf(Locale.ROOT, "%d rows, with their twins %s%n", size.getLong(1), size.getString(2));
            }
        }
    }

    private interface Encoder {
        void write(LedgerRow row, DataOutputStream out) throws IOException;
    }

    private void load(String table, Encoder encoder) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(buffer);
        try {
            out.writeBytes("PGCOPY\n");
            out.write(new byte[] {(byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0});
            ledger.committed(row -> {
                try {
                    encoder.write(row, out);
                    if (buffer.size() > 1 << 16) {
                        flush(copy, buffer);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.writeShort(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flush(copy, buffer);
        copy.endCopy();
    }

    private static void flush(CopyIn copy, ByteArrayOutputStream buffer) {
        try {
            copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
            buffer.reset();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot fill the table", e);
        }
    }

    private static void ledger(LedgerRow row, DataOutputStream out) throws IOException {
        out.writeShort(12);
        key(row, out);
        out.writeInt(2);
        out.writeShort(row.kind().code());
        int4(out, row.debit());
        int4(out, row.credit());
        int4(out, row.amount());
        bytes(out, row.payload());
        bytes(out, row.previous());
        bytes(out, row.hash());
        int8(out, row.xid());
        int4(out, row.timeline());
    }

    private static void twin(LedgerRow row, DataOutputStream out) throws IOException {
        out.writeShort(4);
        key(row, out);
        bytes(out, row.hash());
    }

    private static void key(LedgerRow row, DataOutputStream out) throws IOException {
        out.writeInt(16);
        out.writeLong(row.run().getMostSignificantBits());
        out.writeLong(row.run().getLeastSignificantBits());
        int4(out, row.writer());
        int8(out, row.sequence());
    }

    private static void int4(DataOutputStream out, int value) throws IOException {
        out.writeInt(4);
        out.writeInt(value);
    }

    private static void int8(DataOutputStream out, long value) throws IOException {
        out.writeInt(8);
        out.writeLong(value);
    }

    private static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static double seconds(long nanoseconds) {
        return Duration.ofNanos(nanoseconds).toMillis() / 1000.0;
    }
}
