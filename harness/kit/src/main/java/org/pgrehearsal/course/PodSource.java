package org.pgrehearsal.course;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.PodServer;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.cnpg.BackupWay;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalDump;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalLayout;

/**
 * A source in a pod.
 *
 * @param server runs, and archives if its backups need that
 * @param backups how a backup comes about
 * @param trouble what happens after it
 * @param patience how long writers wait for a server when they lose theirs
 * @param home   a directory on this machine
 */
public record PodSource(PodServer server, Backups backups, Trouble trouble, Duration patience, Path home)
        implements Source {
    /** What happens to a source while its writers run. */
    @FunctionalInterface
    public interface Trouble {
        /** Nothing. */
        Trouble NONE = () -> {};

        void happen() throws Exception;
    }

    /** Takes backups of it. */
    @FunctionalInterface
    public interface Backups {
        Backup take(BackupKind kind);

        /**
         * Those of a plugin.
         *
         * @param way how one is ordered
         * @param bucket from the place on that the component makes
         */
        static Backups of(CnpgDatabase server, BackupWay way, Bucket bucket) {
            return kind -> {
                Instant started = Instant.now();
                return server.system().describe(way.take(server, kind), bucket, started);
            };
        }
    }

    private static final Duration FILL = Duration.ofMinutes(10);
    private static final Duration DUMP = Duration.ofMinutes(2);
    private static final String LOG = "/var/lib/postgresql/data/pgdata/pg_wal";

    /** What the role of an application needs to do what writers do; the tables of pgbench are made by a superuser. */
    private static final List<String> FOR_OWNER = List.of(
            "CREATE EXTENSION IF NOT EXISTS amcheck",
            "GRANT EXECUTE ON FUNCTION pg_switch_wal(), pg_create_restore_point(text) TO %s",
            "GRANT SET ON PARAMETER deadlock_timeout TO %s",
            "ALTER TABLE pgbench_accounts OWNER TO %s",
            "ALTER TABLE pgbench_branches OWNER TO %s",
            "ALTER TABLE pgbench_tellers OWNER TO %s",
            "ALTER TABLE pgbench_history OWNER TO %s");

    /** Fills the new database with the ledger's tables and pgbench's, and begins a segment for what follows. */
    public void fill(Size size) throws SQLException {
        fill(size, server, List.of());
    }

    /** The same for a server whose login is that of an application: everything belongs to its role. */
    public void fill(Size size, PodServer superuser) throws SQLException {
        String owner = server.login().user();
        fill(
                size,
                superuser,
                FOR_OWNER.stream().map(statement -> statement.formatted(owner)).toList());
    }

    private void fill(Size size, PodServer superuser, List<String> first) throws SQLException {
        server.shell()
                .run(
                        FILL,
                        List.of(
                                "pgbench",
                                "--initialize",
                                "--quiet",
                                "--scale=" + size.scale(),
                                LedgerSchema.DATABASE));
        execute(superuser, first);
        try (Connection connection = server.connect(LedgerSchema.DATABASE)) {
            LedgerSchema.create(connection, size.writerNumbers());
        }
        execute(superuser, List.of("CHECKPOINT", "SELECT pg_switch_wal()"));
    }

    private static void execute(PodServer superuser, List<String> statements) throws SQLException {
        try (Connection connection = superuser.connect(LedgerSchema.DATABASE);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    public Backup backup(BackupKind kind) {
        return backups.take(kind);
    }

    @Override
    public void meanwhile() throws Exception {
        trouble.happen();
    }

    /** By the server's own {@code pg_waldump}: nothing is judged by this. */
    @Override
    public WalFacts log(TimelineId timeline, Lsn from, Lsn until, int segmentSize) {
        WalDump dump = new WalDump(timeline, WalLayout.of(segmentSize));
        for (String manager : List.of("Transaction", "XLOG")) {
            server.shell()
                    .run(
                            DUMP,
                            dump::consume,
                            List.of(
                                    "pg_waldump",
                                    "--path=" + LOG,
                                    "--timeline=" + timeline,
                                    "--rmgr=" + manager,
                                    "--start=" + from,
                                    "--end=" + until));
        }
        return dump.facts();
    }

    @Override
    public void close() {
        server.place().close();
    }
}
