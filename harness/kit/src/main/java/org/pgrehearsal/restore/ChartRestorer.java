package org.pgrehearsal.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.chart.ArchivedDatabase;
import org.pgrehearsal.system.chart.ChartServer;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.target.RecoveryLogParser;

/** Carries out orders to restore with the chart {@code postgresql-pgbackrest}: a new release whose values say what to recover. */
public final class ChartRestorer {
    private static final String LOOK =
            "SELECT CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() ELSE 'open' END";

    private static final Duration DEADLINE = Duration.ofMinutes(6);

    /** Starts that may fail after what failed them is over: the pause between two grows. */
    private static final int LATE = 3;

    private final ArchivedDatabase database;
    private final Progress progress;
    private final Predicate<String> relief;
    /** As many starts of the server may fail before that counts. */
    private int allowed;

    /**
     * @param database is not there yet; its place is
     * @param relief   is told why recovery stopped; ends what stopped it, or says that it cannot
     */
    public ChartRestorer(ArchivedDatabase database, Progress progress, Predicate<String> relief) {
        this.database = database;
        this.progress = progress;
        this.relief = relief;
    }

    /** How far the restore is. */
    private enum Stage {
        ORDERED,
        PREPARING,
        REPLAYING,
        PAUSED,
        OPEN,
        /** The container that restores has failed. */
        UNPREPARED,
        /** The server has failed. */
        STOPPED
    }

    /**
     * Restores and waits until the database answers, at its target or promoted, or until it is clear that it will not.
     *
     * @param access by which nothing can be written
     * @throws org.pgrehearsal.await.WaitFailed if neither happens in time
     */
    public Attempt restore(S3Access access, Bucket bucket, RestoreOrder order) throws Exception {
        Instant began = Instant.now();
        progress.phase("order the release", () -> {
            database.restored(access, bucket, order);
            return order;
        });
        progress.phase("install and schedule", () -> await(Stage.PREPARING));
        progress.phase("restore", () -> await(Stage.REPLAYING));
        Stage reached = progress.phase("replay", () -> await(Stage.PAUSED));
        return switch (reached) {
            case UNPREPARED -> new Attempt.Refused(Attempt.By.ENGINE, whyUnprepared(), log());
            case STOPPED -> new Attempt.Refused(Attempt.By.SERVER, whyStopped(), log());
            default ->
                new Attempt.Opened(
                        server(),
                        new SqlPages(server()),
                        reached == Stage.PAUSED,
                        log(),
                        Duration.between(began, Instant.now()));
        };
    }

    private ChartServer server() {
        return database.server();
    }

    private Stage await(Stage wanted) {
        return Waiting.on("the restore in " + server().place().name(), DEADLINE)
                .every(Duration.ofMillis(300))
                .until(
                        this::look,
                        seen -> seen.compareTo(wanted) >= 0,
                        seen -> seen == Stage.ORDERED ? database.release().whyNot() : Optional.empty());
    }

    private Stage look() {
        ChartServer server = server();
        if (server.restarts(ChartServer.PREPARE) > 0) {
            return Stage.UNPREPARED;
        }
        if (server.restarts(ChartServer.CONTAINER) > allowed) {
            if (allowed > 0 || !relief.test(whyStopped())) {
                return Stage.STOPPED;
            }
            allowed = server.restarts(ChartServer.CONTAINER) + LATE;
        }
        if (server.runs(ChartServer.CONTAINER)) {
            return switch (server.ask(LOOK)) {
                case "open" -> Stage.OPEN;
                case "paused" -> Stage.PAUSED;
                default -> Stage.REPLAYING;
            };
        }
        return server.runs(ChartServer.PREPARE) ? Stage.PREPARING : Stage.ORDERED;
    }

    private RecoveryLog log() {
        return RecoveryLogParser.parse(server().logLines().stream());
    }

    /** pgBackRest's first error, else the last words of the script around it. */
    private String whyUnprepared() {
        List<String> said = server().preparation();
        return said.stream()
                .filter(line -> line.contains("ERROR:"))
                .map(line -> line.substring(line.indexOf("ERROR:")))
                .findFirst()
                .or(() -> said.stream().reduce((_, last) -> last))
                .orElse("it did not say why");
    }

    /** What the restore_command said last, and why the server ended. */
    private String whyStopped() {
        List<String> lines = server().logLines();
        Stream<String> command = lines.stream()
                .filter(line -> line.contains("pgbackrest-archive-get.sh: "))
                .reduce((_, last) -> last)
                .stream();
        return Stream.concat(command, log().fatal().stream().limit(1))
                .reduce((said, fatal) -> said + "; " + fatal)
                .orElse("the server ended");
    }
}
