package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Jobs;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.chart.DumpedDatabase;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.target.RecoveryLogParser;

/**
 * Restores dumps with the chart {@code cnpg-pgdump-backup}: a new Cluster, empty, then the value {@code restore.object}, of which the chart makes a Job.
 */
public final class DumpRestorer {
    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final CnpgDatabase database;
    private final DumpedDatabase dumped;
    private final Progress progress;

    /**
     * @param database is not there yet; its place is
     * @param dumped   the same, with its release
     */
    public DumpRestorer(CnpgDatabase database, DumpedDatabase dumped, Progress progress) {
        this.database = database;
        this.dumped = dumped;
        this.progress = progress;
    }

    /**
     * Restores and waits until the Job has ended.
     *
     * @param access by which nothing can be written
     * @param bucket its name
     * @param path   where in it, if it is somebody else's
     * @param object the folder of the dump in there
     */
    public Attempt restore(S3Access access, String bucket, String path, String object) throws Exception {
        Instant began = Instant.now();
        progress.phase("make an empty database", () -> {
            dumped.makeDatabase();
            database.awaitReady(READY);
            database.awaitConnection(ANSWER);
            // who is no superuser may not
            try (Connection connection = database.connect(LedgerSchema.DATABASE);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE EXTENSION amcheck");
            }
            return database;
        });
        Jobs.Ended ended = progress.phase("restore", () -> {
            dumped.release(
                    access,
                    bucket,
                    path,
                    Map.of(
                            "restore", Map.of("object", object, "record", false),
                            "controllers", Map.of("cronjob", Map.of("enabled", false))));
            return dumped.awaitRestore(Set.of());
        });
        RecoveryLog none = RecoveryLogParser.parse(Stream.of());
        if (!ended.succeeded()) {
            return new Attempt.Refused(Attempt.By.ENGINE, reason(ended.log()), none);
        }
        return new Attempt.Opened(
                database, new SqlPages(database), false, none, Duration.between(began, Instant.now()));
    }

    /** What a job of the chart says last of what it did not do. */
    public static String reason(List<String> log) {
        return log.stream()
                .filter(line -> line.contains("REFUSED: ") || line.contains("ERROR: "))
                .reduce((_, last) -> last)
                .orElse("it did not say why");
    }
}
