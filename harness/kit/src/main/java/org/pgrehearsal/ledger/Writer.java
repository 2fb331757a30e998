package org.pgrehearsal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
 * One client that commits operations one after another and notes what it is told. One with patience lives through a takeover: what was under way when
 * its connection broke is unknown, or rolled back if COMMIT was not sent, and it goes on with the next server that takes writes.
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

    /** Longer than anything that the server does for a writer, also when it waits for a standby. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** There is no prepared transaction of that name ({@code twophase.c}). */
    private static final String UNDEFINED_OBJECT = "42704";

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final UUID run;
    private final int number;
    private final Random random;
    private final Journal journal;
    private final Connections connections;
    private final Duration patience;
    private final Deque<Prepared> prepared = new ArrayDeque<>();
    private @Nullable Session session;
    private @Nullable PreparedStatement write;
    private int timeline;
    private byte[] head = new byte[LedgerRow.HASH_LENGTH];
    private long sequence;
    private int held;

    /** @param patience how long it waits for a server that takes writes when its connection is lost; zero if that must not happen */
    Writer(UUID run, int number, long seed, Journal journal, Connections connections, Duration patience) {
        this.run = run;
        this.number = number;
        this.random = new Random(seed);
        this.journal = journal;
        this.connections = connections;
        this.patience = patience;
    }

    /** A transaction that is prepared, or may be. */
    private record Prepared(Operation operation, State state) {
        enum State {
            /** PREPARE TRANSACTION was sent. */
            SENT,
            /** It was acknowledged. */
            ACKNOWLEDGED,
            /** COMMIT PREPARED or ROLLBACK PREPARED was sent. */
            ENDING
        }
    }

    /** Something that needs the server. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /** One operation of a kind by chance; the outcome is in the journal. */
    void step() throws SQLException {
        survive(() -> {
            OperationKind kind = MIX.higherEntry(random.nextInt(MIX.lastKey())).getValue();
            run(kind, kind == OperationKind.TRANSFER && random.nextInt(CUT_ONE_IN) == 0);
            while (prepared.size() > PENDING) {
                finishPrepared();
            }
        });
    }

    private void survive(Work work) throws SQLException {
        try {
            work.run();
        } catch (SQLException e) {
            if (patience.isZero() || !isLost(e)) {
                throw e;
            }
            log.debug("writer {} lost its connection: {}", number, e.getMessage());
            disconnect();
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
        Lsn insertedAt = Lsn.ZERO;
        try {
            if (kind == OperationKind.SAVEPOINT) {
                rolledBackSavepoint(current, operation);
            }
            PreparedStatement statement = fill(operation, kind != OperationKind.SAVEPOINT);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                xid = result.getLong(1);
                insertedAt = Lsn.parse(result.getString(2));
            }
            extra(current, operation);
            journal.begin(number, operation, xid, timeline, insertedAt);
            return operation;
        } catch (SQLException e) {
            boolean refused = isRefusal(e);
            if (refused || isLost(e)) { // COMMIT was not sent: nobody can commit it any more
                journal.begin(number, operation, xid, timeline, insertedAt);
                journal.end(number, operation.sequence(), Outcome.FAILED);
            }
            if (!refused) {
                throw e;
            }
            current.rollback();
            return null;
        }
    }

    /** Ends an operation as its kind asks for. */
    void finish(Operation operation) throws SQLException {
        Connection current = connection();
        switch (operation.kind()) {
            case ABORT -> {
                journal.end(number, operation.sequence(), Outcome.FAILED); // whatever becomes of the connection
                current.rollback();
            }
            case TWO_PHASE, TWO_PHASE_ABORT -> {
                prepared.add(new Prepared(operation, Prepared.State.SENT));
                execute(current, "PREPARE TRANSACTION '" + operation.globalId(run) + "'");
                current.commit();
                prepared.removeLast();
                prepared.add(new Prepared(operation, Prepared.State.ACKNOWLEDGED));
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

    /** Ends the oldest prepared transaction; it stays prepared until that is acknowledged. */
    void finishPrepared() throws SQLException {
        Connection current = connection();
        Prepared oldest = prepared.pollFirst();
        if (oldest == null) {
            return;
        }
        Operation operation = oldest.operation();
        boolean commits = operation.kind() == OperationKind.TWO_PHASE;
        prepared.addFirst(new Prepared(operation, Prepared.State.ENDING));
        current.setAutoCommit(true);
        try {
            execute(current, (commits ? "COMMIT" : "ROLLBACK") + " PREPARED '" + operation.globalId(run) + "'");
            journal.end(number, operation.sequence(), commits ? Outcome.OK : Outcome.FAILED);
        } catch (SQLException e) {
            if (patience.isZero() || !UNDEFINED_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
            notPrepared(oldest, commits, e);
        }
        current.setAutoCommit(false);
        prepared.removeFirst();
    }

    /** The server knows no such transaction. */
    private void notPrepared(Prepared gone, boolean commits, SQLException e) throws SQLException {
        long sequence = gone.operation().sequence();
        switch (gone.state()) {
            case SENT -> journal.end(number, sequence, Outcome.FAILED);
            case ACKNOWLEDGED -> {
                if (journal.history().timeline(number, sequence) == timeline) {
                    throw e; // no takeover explains that
                }
                journal.end(number, sequence, Outcome.LOST);
            }
            case ENDING -> {
                if (!commits) {
                    journal.end(number, sequence, Outcome.FAILED);
                } // else it was committed, or lost: nobody was told
            }
        }
    }

    /** Rolls back what is prepared here although its end was acknowledged on the timeline that was left: the takeover lost that end. */
    private void rollBackWhatCameBack(Connection current) throws SQLException {
        String ours = run + "-" + number + "-";
        List<String> names = new ArrayList<>();
        try (Statement statement = current.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT gid FROM pg_prepared_xacts WHERE starts_with(gid, '" + ours + "')")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        prepared.forEach(waiting -> names.remove(waiting.operation().globalId(run)));
        current.commit();
        current.setAutoCommit(true);
        for (String name : names) {
            execute(current, "ROLLBACK PREPARED '" + name + "'");
            long sequence = Long.parseLong(name.substring(ours.length()));
            if (journal.history().outcome(number, sequence) == Outcome.OK) {
                journal.end(number, sequence, Outcome.LOST);
            }
        }
        current.setAutoCommit(false);
    }

    /** Ends everything that is pending. */
    void settle() throws SQLException {
        while (!prepared.isEmpty()) {
            survive(this::finishPrepared);
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
        Session current = session;
        if (current == null) {
            current = patience.isZero() ? Session.open(connections) : Session.await(connections, patience, SILENCE);
            session = current;
            if (timeline != 0 && timeline != current.timeline()) {
                rollBackWhatCameBack(current.connection());
            }
            timeline = current.timeline();
        }
        return current.connection();
    }

    private Thread terminate(Connection victim) throws SQLException {
        int pid = victim.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        int where = timeline;
        return Thread.ofVirtual().name("cut").start(() -> {
            try (Session other = Session.open(connections)) {
                if (other.timeline() == where) { // else it is another server's process
                    execute(other.connection(), "SELECT pg_terminate_backend(" + pid + ")");
                }
            } catch (SQLException e) {
                log.debug("writer {} could not have its connection cut: {}", number, e.getMessage());
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

    /**
     * The connection is gone: class 08, and what a server says that is stopping, crashed or not there yet (57P01 to 57P03). COMMIT may have been
     * carried out or not.
     */
    private static boolean isLost(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private void disconnect() throws SQLException {
        Session current = session;
        session = null;
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
