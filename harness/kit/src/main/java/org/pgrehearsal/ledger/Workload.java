package org.pgrehearsal.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * Several writers that commit at full speed, and one more that holds a transaction open for long and commits the sentinel in the end.
 *
 * <p>The writers' numbers are {@code first} to {@code first + writers - 1}, the extra one's is the next. A second workload on the same history
 * (after a promotion, say) uses other numbers.
 */
public final class Workload implements AutoCloseable {
    /** Between two operations of a writer that was told to ease off. */
    private static final Duration EASE = Duration.ofMillis(20);

    private static final long AT_FULL_SPEED = Long.MAX_VALUE;

    private final Journal journal;
    private final Connections connections;
    private final List<Writer> writers;
    private final Writer slow;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile long easeFrom = AT_FULL_SPEED;
    private @Nullable Operation open;

    /**
     * @param first    the number of the first writer
     * @param writers  how many write at full speed
     * @param seed     of every random choice
     * @param patience how long writers that lost their connection wait for a server that takes writes; zero if they must not lose it
     */
    public Workload(Journal journal, Connections connections, int first, int writers, long seed, Duration patience) {
        this.journal = journal;
        this.connections = connections;
        this.writers = IntStream.range(first, first + writers)
                .mapToObj(number ->
                        new Writer(journal.history().run(), number, seed * 31 + number, journal, connections, patience))
                .toList();
        this.slow = new Writer(journal.history().run(), first + writers, seed * 31 - 1, journal, connections, patience);
    }

    /** How many numbers a workload of so many writers takes. */
    public static int numbers(int writers) {
        return writers + 1;
    }

    public void start() {
        for (Writer writer : writers) {
            threads.add(Thread.ofVirtual().name("writer").start(() -> write(writer)));
        }
    }

    private void write(Writer writer) {
        try {
            while (!stopping.get()) {
                writer.step();
                if (easeFrom != AT_FULL_SPEED && journal.history().operations() >= easeFrom) {
                    LockSupport.parkNanos(EASE.toNanos());
                }
            }
            writer.settle();
        } catch (SQLException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /**
     * Does something that may take long. The writers go on meanwhile, but take a breath after each operation once so many more were begun: they
     * never stop, and yet do not write more than everybody after them can read.
     */
    public <T> T easing(long more, Callable<T> work) throws Exception {
        easeFrom = journal.history().operations() + more;
        try {
            return work.call();
        } finally {
            easeFrom = AT_FULL_SPEED;
        }
    }

    /**
     * Waits until so many more operations were begun.
     *
     * @throws org.pgrehearsal.await.WaitFailed if that does not happen in time, or a writer failed
     */
    public void awaitOperations(long more, Duration deadline) {
        long wanted = journal.history().operations() + more;
        Waiting.on("the writers to begin " + more + " more operations", deadline)
                .until(
                        () -> journal.history().operations(),
                        begun -> begun >= wanted,
                        _ -> java.util.Optional.ofNullable(failure.get())
                                .map(e -> "a writer failed: " + e.getMessage()));
    }

    /** Opens the long transaction: everything is written, only COMMIT is left. */
    public void beginLong() throws SQLException {
        open = slow.begin(OperationKind.LONG);
    }

    /** Commits the long transaction. */
    public void endLong() throws SQLException {
        Operation operation = open;
        if (operation == null) {
            throw new IllegalStateException("no long transaction is open");
        }
        slow.finish(operation);
        open = null;
    }

    /** Names a restore point: everything committed so far is before it. */
    public void restorePoint(String name) throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_restore_point('" + name + "')");
        }
    }

    /** Ends the segment, so that what was written can be archived. Commit first: a switch does not wait for a COMMIT that follows it. */
    public void switchSegment() throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_switch_wal()");
        }
    }

    /**
     * Stops the writers and settles what is prepared.
     *
     * @throws IllegalStateException if a writer failed: then the history is not complete and nothing can be proved by it
     */
    public void stop() {
        stopping.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the writers were stopping", e);
            }
        }
        threads.clear();
        Exception cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("a writer failed: " + cause.getMessage(), cause);
        }
    }

    /**
     * Where the log stands after the last operation.
     *
     * @param position after its commit record
     * @param timeline on which it was written
     */
    public record Sentinel(Lsn position, TimelineId timeline) {}

    /** Commits one last operation, to be found by; then the segment can be switched. */
    public Sentinel sentinel() throws SQLException {
        Operation operation = slow.begin(OperationKind.TRANSFER);
        if (operation == null) {
            throw new IllegalStateException("the sentinel was refused");
        }
        slow.finish(operation);
        try (Session session = Session.open(connections);
                Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
            result.next();
            return new Sentinel(Lsn.parse(result.getString(1)), new TimelineId(session.timeline()));
        }
    }

    @Override
    public void close() throws SQLException {
        stopping.set(true);
        for (Writer writer : writers) {
            writer.close();
        }
        slow.close();
    }
}
