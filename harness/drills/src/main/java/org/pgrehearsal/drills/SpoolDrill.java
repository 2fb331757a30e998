package org.pgrehearsal.drills;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/**
 * An asynchronous archiver keeps a spool of what it has stored. One that an earlier cluster left behind acknowledges the segments of a new cluster of
 * the same name, which nobody then stores: PostgreSQL counts them as archived, and recycles them.
 */
final class SpoolDrill {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int SEGMENTS = 6;

    private SpoolDrill() {}

    static void run(Drill drill) throws Exception {
        LocalLane lane = LocalLane.of(drill);
        LocalSystem system = lane.background();
        LocalPlatform platform = lane.stage().platform();
        Bucket first = lane.newBucket();
        Site site = new Site(drill.rehearsal().store().access(), first, platform.engineHome());
        try (PostgresCluster earlier = platform.cluster(drill.commands())) {
            drill.progress().phase("archive with an earlier cluster", () -> archive(earlier, system, site));
        }
        // the same stanza and the same spool; the cluster and the repository are new
        Bucket second = lane.newBucket();
        Site rebuilt = new Site(site.access(), second, site.home());
        try (PostgresCluster later = platform.cluster(drill.commands())) {
            Set<String> acknowledged =
                    drill.progress().phase("archive with a new cluster", () -> archive(later, system, rebuilt));
            Set<String> stored = ArchiveReader.list(second, system.layout()).segments();
            long missing =
                    acknowledged.stream().filter(name -> !stored.contains(name)).count();
            drill.measure(new Measurement("segments acknowledged", acknowledged.size(), "segments"));
            drill.measure(new Measurement("of them in the store", acknowledged.size() - missing, "segments"));
            if (acknowledged.isEmpty()) {
                throw new Doubt("the new cluster's archiver acknowledged nothing");
            }
            if (missing == 0) {
                throw new Doubt("the spool was clean: every acknowledged segment is in the store");
            }
            Finding found = new Finding(
                    Anomaly.ACKNOWLEDGED_NOT_STORED,
                    missing,
                    missing + " of " + acknowledged.size() + " acknowledged segments are not in the store",
                    acknowledged.stream()
                            .filter(name -> !stored.contains(name))
                            .sorted()
                            .limit(Finding.KEPT)
                            .toList());
            drill.summarise("found: " + found);
            drill.observe("PostgreSQL counts these segments as archived, with no failure");
        }
    }

    /** That the loss was seen: otherwise {@link #run} has thrown, and a later step is never reached. */
    static void demandFound(Drill drill) {
        drill.checked();
    }

    /**
     * Archives some segments, all of which wait before the archiver is let loose: then they are one batch, and its spool holds a mark for each. What is
     * returned is what PostgreSQL was told is stored.
     */
    private static Set<String> archive(PostgresCluster cluster, LocalSystem system, Site site) throws SQLException {
        cluster.initialise();
        ServerConfig config = system.archiving(cluster, site);
        Map<String, String> settings = new HashMap<>(LocalPlatform.sourceSettings());
        settings.put("archive_mode", "on");
        cluster.start(settings, config.environment());
        system.initialise(cluster, site);
        try (Connection connection = cluster.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE filler (n integer)");
            for (int i = 0; i < SEGMENTS; i++) {
                statement.execute("INSERT INTO filler VALUES (" + i + ")");
                statement.execute("SELECT pg_switch_wal()");
            }
            statement.execute(
                    "ALTER SYSTEM SET archive_command = '" + config.settings().get("archive_command") + "'");
            statement.execute("SELECT pg_reload_conf()");
            Waiting.on(SEGMENTS + " segments to be acknowledged", DEADLINE)
                    .until(() -> archived(statement), count -> count >= SEGMENTS);
            return done(statement);
        }
    }

    private static int archived(Statement statement) {
        try (ResultSet result = statement.executeQuery("SELECT archived_count FROM pg_stat_archiver")) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask the archiver: " + e.getMessage(), e);
        }
    }

    /** The segments that PostgreSQL takes for archived: those with a {@code .done} file. */
    private static Set<String> done(Statement statement) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet result = statement.executeQuery(
                "SELECT replace(name, '.done', '') FROM pg_ls_archive_statusdir() WHERE name ~ '^[0-9A-F]{24}\\.done$'")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }
}
