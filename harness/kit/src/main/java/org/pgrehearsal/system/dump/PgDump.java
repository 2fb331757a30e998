package org.pgrehearsal.system.dump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.store.BucketClient;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.Restoration;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;

/**
 * {@code pg_dump} of every database in both formats, and {@code pg_dumpall} for the roles, straight into the store with a manifest that is written
 * last and that a restore is held to.
 *
 * <p>It reaches the store as the site's {@code access} says, like any engine, so faults on the way reach it too.
 */
public final class PgDump implements LocalSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "pg-dump";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final DumpFormat format;

    /** Restores from the custom format. */
    public PgDump() {
        this(DumpFormat.CUSTOM);
    }

    /**
     * With a choice of the format to restore from; a backup always has both.
     *
     * @param format what {@link #restore} reads
     */
    public PgDump(DumpFormat format) {
        this.format = format;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.ARCHIVE, "a dump is one snapshot; nothing that commits later is in it",
                Capability.POINT_IN_TIME, "a dump is one snapshot; there is no log to replay to another time",
                Capability.INCREMENTAL, "pg_dump writes every row each time",
                Capability.SPOOL, "without an archive there is nothing to spool",
                Capability.INDEX, "each dump describes itself in its own manifest; nothing spans two of them");
    }

    @Override
    public ServerConfig archiving(PostgresCluster source, Site site) {
        return ServerConfig.none();
    }

    @Override
    public void initialise(PostgresCluster source, Site site) {
        try (BucketClient client = open(site)) {
            if (!client.bucket().exists()) {
                throw new IllegalStateException(
                        "there is no bucket " + site.bucket().name() + "; create it before the first dump");
            }
        }
    }

    @Override
    public Backup backup(PostgresCluster source, Site site, BackupKind kind) {
        if (kind != BackupKind.FULL) {
            throw new IllegalArgumentException(lacks().get(Capability.INCREMENTAL));
        }
        Instant started = Instant.now();
        String label = LABEL.format(started);
        try (BucketClient client = open(site);
                Connection connection = source.connect("postgres")) {
            DumpWriter writer = new DumpWriter(source.runner(), new DumpCommands(source), client.bucket(), label);
            Manifest.Part globals = writer.globals();
            List<Manifest.Database> databases = new ArrayList<>();
            Backup.@Nullable Logical ledger = null;
            for (String name : databases(connection)) {
                try (Snapshot snapshot = new Snapshot(source.connect(name))) {
                    databases.add(writer.database(name, snapshot));
                    if (name.equals(LedgerSchema.DATABASE)) {
                        ledger = Backup.Logical.of(
                                label, kind, snapshot.visible(), snapshot.at(), started, Duration.ZERO);
                    }
                }
            }
            if (ledger == null) {
                throw new IllegalStateException("there is no database " + LedgerSchema.DATABASE + " to dump");
            }
            writer.manifest(new Manifest(
                    label, started.toString(), serverVersion(connection), toolVersion(source), globals, databases));
            return ledger.after(Duration.between(started, Instant.now()));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot dump: " + e.getMessage(), e);
        }
    }

    @Override
    public ArchiveLayout layout() {
        return new DumpLayout();
    }

    @Override
    public Restoration restore(PostgresCluster target, Site site, RestoreOrder order) {
        boolean complete = false;
        try (BucketClient client = open(site)) {
            DumpReader reader = new DumpReader(target.runner(), client.bucket());
            Manifest manifest = reader.manifest(order.backup().label());
            target.initialise();
            target.start(Map.of("archive_mode", "off", "fsync", "off"), Map.of());
            fill(target, reader, manifest);
            complete = true;
            return new Restoration.Running();
        } catch (DumpReader.Refusal e) {
            return new Restoration.Refused(e.exit(), String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            return new Restoration.Refused(1, "the restored rows cannot be counted: " + e.getMessage());
        } finally {
            if (!complete) {
                // half a restore must not be taken for a database
                target.stopImmediately();
            }
        }
    }

    private void fill(PostgresCluster target, DumpReader reader, Manifest manifest)
            throws DumpReader.Refusal, SQLException {
        DumpCommands commands = new DumpCommands(target);
        String globals = Globals.forNewCluster(reader.text(manifest.globals()));
        reader.run(commands.script(), globals, manifest.globals().key());
        for (Manifest.Database database : manifest.databases()) {
            Manifest.Part part = database.parts().get(format);
            if (part == null) {
                throw new DumpReader.Refusal(
                        1, "the manifest has no part of database " + database.name() + " in format " + format);
            }
            reader.into(commands.restore(database.name(), format), part);
        }
        for (Manifest.Database database : manifest.databases()) {
            try (Connection connection = target.connect(database.name())) {
                Optional<String> difference =
                        ContentsComparison.firstDifference(database, ContentsCount.of(connection));
                if (difference.isPresent()) {
                    throw new DumpReader.Refusal(1, difference.get());
                }
            }
        }
    }

    private static BucketClient open(Site site) {
        return BucketClient.open(
                site.access(), site.bucket().name(), site.bucket().prefix(), PATIENCE);
    }

    /** The ledger first, so that its snapshot is the oldest; then all others by name. */
    private static List<String> databases(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database"
                        + " WHERE datallowconn AND NOT datistemplate ORDER BY datname <> '" + LedgerSchema.DATABASE
                        + "', datname")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String serverVersion(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    private static String toolVersion(PostgresCluster cluster) {
        return cluster.runner()
                .run(Command.of(cluster.tools().tool("pg_dump"), "--version"))
                .orFail()
                .out()
                .strip();
    }
}
