package org.pgrehearsal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.wal.Lsn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that commits operations one after another and notes what it is told.
 *
 * <p>Not thread-safe: a writer is one thread's.
 */
final class Writer implements AutoCloseable {
    /** The transaction in one statement, so that a writer spends its time in COMMIT and not on the way. */
    private static final String WRITE = """
            WITH moved AS (UPDATE dr_account SET balance = balance + CASE id WHEN ? THEN -?::bigint ELSE ?::bigint END WHERE id IN (?, ?)),
            twin AS (INSERT INTO dr_twin (run, writer, seq, hash) SELECT ?, ?, ?, ? WHERE ?)
            INSERT INTO dr_ledger (run, writer, seq, kind, debit, credit, amount, payload, previous, hash, timeline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING xid::text::bigint, pg_current_wal_insert_lsn()
            """;

    /** How often each kind comes, in a thousand; the key is where its share ends. */
    private static final NavigableMap<Integer, OperationKind> MIX = new TreeMap<>(Map.of(
            40, OperationKind.ABORT,
            80, OperationKind.SAVEPOINT,
            110, OperationKind.TWO_PHASE,
            120, OperationKind.TWO_PHASE_ABORT,
            122, OperationKind.DDL,
            126, OperationKind.LARGE_OBJECT,
            146, OperationKind.SEQUENCE,
            1000, OperationKind.TRANSFER));

    private static final int CUT_ONE_IN = 500;
    private static final int CLIENT_PATIENCE_MILLIS = 10;
    private static final int PENDING = 3;
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final UUID run;
    private final int number;
    private final int timeline;
    private final Random random;
    private final Journal journal;
    private final Connections connections;
    private final Deque<Operation> prepared = new ArrayDeque<>();
    private @Nullable Connection connection;
    private @Nullable PreparedStatement write;
    private byte[] head = new byte[LedgerRow.HASH_LENGTH];
    private long sequence;
    private int held;

    Writer(UUID run, int number, int timeline, long seed, Journal journal, Connections connections) {
        this.run = run;
        this.number = number;
        this.timeline = timeline;
        this.random = new Random(seed);
        this.journal = journal;
        this.connections = connections;
    }

    /** One operation of a kind by chance; the outcome is in the journal. */
    void step() throws SQLException {
        OperationKind kind = MIX.higherEntry(random.nextInt(MIX.lastKey())).getValue();
        run(kind, kind == OperationKind.TRANSFER && random.nextInt(CUT_ONE_IN) == 0);
        while (prepared.size() > PENDING) {
            finishPrepared();
        }
    }

    /**
     * One operation.
     *
     * @param cut whether the connection is lost while COMMIT is under way
     */
    private void run(OperationKind kind, boolean cut) throws SQLException {
        Operation operation = begin(kind);
        if (operation == null) {
            return;
        }
        if (cut) {
            cutAtCommit(operation);
        } else {
            finish(operation);
        }
    }

    /** Writes an operation up to the point where only COMMIT is left; null if the server refused it, which the journal knows. */
    @Nullable
    Operation begin(OperationKind kind) throws SQLException {
        Connection current = connection();
        Operation operation = Operation.next(run, number, sequence, kind, held, head, random);
        sequence++;
        if (Operation.holdsLocks(kind)) {
            held++;
        }
        long xid = 0;
        try {
            if (kind == OperationKind.SAVEPOINT) {
                rolledBackSavepoint(current, operation);
            }
            PreparedStatement statement = fill(operation, kind != OperationKind.SAVEPOINT);
            Lsn insertedAt;
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                xid = result.getLong(1);
                insertedAt = Lsn.parse(result.getString(2));
            }
            extra(current, operation);
            journal.begin(number, operation, xid, timeline, insertedAt);
            return operation;
        } catch (SQLException e) {
            if (isRefusal(e)) {
                journal.begin(number, operation, xid, timeline, Lsn.ZERO);
                journal.end(number, operation.sequence(), Outcome.FAILED);
                current.rollback();
                return null;
            }
            throw e;
        }
    }

    /** Ends an operation as its kind asks for. */
    void finish(Operation operation) throws SQLException {
        Connection current = connection();
        switch (operation.kind()) {
            case ABORT -> {
                current.rollback();
                journal.end(number, operation.sequence(), Outcome.FAILED);
            }
            case TWO_PHASE, TWO_PHASE_ABORT -> {
                execute(current, "PREPARE TRANSACTION '" + operation.globalId(run) + "'");
                current.commit();
                prepared.add(operation);
            }
            case TRANSFER, SAVEPOINT, DDL, LARGE_OBJECT, SEQUENCE, LONG -> commit(current, operation);
        }
    }

    private void commit(Connection current, Operation operation) throws SQLException {
        try {
            current.commit();
            acknowledged(operation);
        } catch (SQLException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            journal.end(number, operation.sequence(), Outcome.FAILED);
        }
    }

    /**
     * Sends a COMMIT that takes a while and loses the connection meanwhile: by turns the server ends it (the transaction is rolled back) and
     * the client gives up (the transaction commits). Either way nobody tells the writer, so the journal keeps it as unknown.
     */
    private void cutAtCommit(Operation operation) throws SQLException {
        Connection current = connection();
        execute(
                current,
                "INSERT INTO dr_slow_commit (writer, seq) VALUES (" + number + ", " + operation.sequence() + ")");
        Thread killer = null;
        if (operation.sequence() % 2 == 0) {
            killer = terminate(current);
        } else {
            current.setNetworkTimeout(Runnable::run, CLIENT_PATIENCE_MILLIS);
        }
        try {
            current.commit();
            acknowledged(operation);
        } catch (SQLException e) {
            log.debug("writer {} is not told what became of operation {}", number, operation.sequence());
        } finally {
            disconnect();
            if (killer != null) {
                join(killer);
            }
        }
    }

    private void acknowledged(Operation operation) {
        journal.end(number, operation.sequence(), Outcome.OK);
        head = operation.hash();
    }

    /** Ends the oldest prepared transaction. */
    void finishPrepared() throws SQLException {
        Operation operation = prepared.poll();
        if (operation == null) {
            return;
        }
        Connection current = connection();
        boolean commits = operation.kind() == OperationKind.TWO_PHASE;
        current.setAutoCommit(true);
        execute(current, (commits ? "COMMIT" : "ROLLBACK") + " PREPARED '" + operation.globalId(run) + "'");
        current.setAutoCommit(false);
        journal.end(number, operation.sequence(), commits ? Outcome.OK : Outcome.FAILED);
    }

    /** Ends everything that is pending. */
    void settle() throws SQLException {
        while (!prepared.isEmpty()) {
            finishPrepared();
        }
    }

    private void extra(Connection current, Operation operation) throws SQLException {
        switch (operation.kind()) {
            case SAVEPOINT -> {
                Savepoint kept = current.setSavepoint();
                try (PreparedStatement twin =
                        current.prepareStatement("INSERT INTO dr_twin (run, writer, seq, hash) VALUES (?, ?, ?, ?)")) {
                    twin.setObject(1, run);
                    twin.setInt(2, number);
                    twin.setLong(3, operation.sequence());
                    twin.setBytes(4, operation.hash());
                    twin.executeUpdate();
                }
                current.releaseSavepoint(kept);
            }
            case DDL ->
                execute(
                        current,
                        "CREATE TABLE " + operation.tableName() + " AS SELECT " + operation.sequence()
                                + "::bigint AS seq");
            case LARGE_OBJECT -> {
                try (PreparedStatement object = current.prepareStatement(
                        "INSERT INTO dr_large_object (writer, seq, loid) VALUES (?, ?, lo_from_bytea(0, ?))")) {
                    object.setInt(1, number);
                    object.setLong(2, operation.sequence());
                    object.setBytes(3, operation.payload());
                    object.executeUpdate();
                }
            }
            case SEQUENCE ->
                execute(
                        current,
                        "INSERT INTO dr_number_taken (writer, seq, number) VALUES (" + number + ", "
                                + operation.sequence() + ", nextval('dr_number'))");
            case TRANSFER, ABORT, TWO_PHASE, TWO_PHASE_ABORT, LONG -> {}
        }
    }

    private void rolledBackSavepoint(Connection current, Operation operation) throws SQLException {
        Savepoint lost = current.setSavepoint();
        execute(
                current,
                "INSERT INTO dr_savepoint (writer, seq) VALUES (" + number + ", " + operation.sequence() + ")");
        current.rollback(lost);
    }

    private PreparedStatement fill(Operation operation, boolean withTwin) throws SQLException {
        PreparedStatement statement = write;
        if (statement == null) {
            statement = connection().prepareStatement(WRITE);
            write = statement;
        }
        int i = 0;
        statement.setInt(++i, operation.debit());
        statement.setInt(++i, operation.amount());
        statement.setInt(++i, operation.amount());
        statement.setInt(++i, operation.debit());
        statement.setInt(++i, operation.credit());
        statement.setObject(++i, run);
        statement.setInt(++i, number);
        statement.setLong(++i, operation.sequence());
        statement.setBytes(++i, operation.hash());
        statement.setBoolean(++i, withTwin);
        statement.setObject(++i, run);
        statement.setInt(++i, number);
        statement.setLong(++i, operation.sequence());
        statement.setInt(++i, operation.kind().code());
        statement.setInt(++i, operation.debit());
        statement.setInt(++i, operation.credit());
        statement.setInt(++i, operation.amount());
        statement.setBytes(++i, operation.payload());
        statement.setBytes(++i, operation.previous());
        statement.setBytes(++i, operation.hash());
        statement.setInt(++i, timeline);
        return statement;
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = connections.open();
            current.setAutoCommit(false);
            execute(current, "SET deadlock_timeout = '50ms'");
            current.commit();
            connection = current;
        }
        return current;
    }

    private Thread terminate(Connection victim) throws SQLException {
        int pid = victim.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        return Thread.ofVirtual().name("cut").start(() -> {
            try (Connection other = connections.open()) {
                execute(other, "SELECT pg_terminate_backend(" + pid + ")");
            } catch (SQLException e) {
                throw new IllegalStateException("cannot cut a connection: " + e.getMessage(), e);
            }
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A definite no: serialization failures and deadlocks (class 40) and broken constraints (class 23). */
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") || state.startsWith("23"));
    }

    private void disconnect() throws SQLException {
        Connection current = connection;
        connection = null;
        write = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() throws SQLException {
        disconnect();
    }
}
