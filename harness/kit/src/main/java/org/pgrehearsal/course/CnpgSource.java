package org.pgrehearsal.course;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Shell;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.cnpg.BackupWay;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalDump;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalLayout;

/**
 * A source that CloudNativePG runs.
 *
 * @param server runs, and archives
 * @param bucket where to, from the place on that the component makes
 * @param way     how a backup comes about
 * @param trouble what happens after it
 * @param patience how long writers wait for a server when they lose theirs
 * @param home   a directory on this machine
 */
public record CnpgSource(
        CnpgDatabase server, Bucket bucket, BackupWay way, Trouble trouble, Duration patience, Path home)
        implements Source {
    /** What happens to a source while its writers run. */
    @FunctionalInterface
    public interface Trouble {
        /** Nothing. */
        Trouble NONE = _ -> {};

        void happen(CnpgDatabase source) throws Exception;
    }

    private static final Duration FILL = Duration.ofMinutes(10);
    private static final Duration DUMP = Duration.ofMinutes(2);
    private static final String LOG = "/var/lib/postgresql/data/pgdata/pg_wal";

    /** Fills the new database with the ledger's tables and pgbench's, and begins a segment for what follows. */
    public void fill(Size size) throws SQLException {
        shell().run(
                        FILL,
                        List.of(
                                "pgbench",
                                "--initialize",
                                "--quiet",
                                "--scale=" + size.scale(),
                                LedgerSchema.DATABASE));
        try (Connection connection = server.connect(LedgerSchema.DATABASE)) {
            LedgerSchema.create(connection, size.writerNumbers());
        }
        try (Connection connection = server.connect(LedgerSchema.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            statement.execute("SELECT pg_switch_wal()");
        }
    }

    private Shell shell() {
        return server.shell(Cnpg.POSTGRES);
    }

    @Override
    public Backup backup(BackupKind kind) {
        Instant started = Instant.now();
        return server.system().describe(way.take(server, kind), bucket, started);
    }

    @Override
    public void meanwhile() throws Exception {
        trouble.happen(server);
    }

    /** By the server's own {@code pg_waldump}: nothing is judged by this. */
    @Override
    public WalFacts log(TimelineId timeline, Lsn from, Lsn until, int segmentSize) {
        WalDump dump = new WalDump(timeline, WalLayout.of(segmentSize));
        for (String manager : List.of("Transaction", "XLOG")) {
            shell().run(
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
