package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.course.FilledCluster;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.ExternalStore;
import org.pgrehearsal.store.ObjectStore;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.Terms;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.dump.PgDump;
import org.pgrehearsal.system.pgbackrest.PgBackRest;

/** The local platform: every server is a process in the run's work directory. */
final class LocalStage implements Stage {
    private static final List<String> NOT_TESTED = List.of(
            "Kubernetes, and every operator: this is the local platform",
            "tablespaces, and databases other than our own ledger and pgbench's",
            "power cuts: fsync is off on the drills' clusters",
            "client-side encryption, and stores other than the embedded one");

    private final Rehearsal rehearsal;
    private final Toolbox toolbox;
    private final LocalPlatform platform;
    private final FilledCluster filled;
    private final ObjectStore store;

    /**
     * Opens the store; everything else waits until it is asked for.
     *
     * @param runner   runs commands as the account that may run PostgreSQL
     * @param programs the folder of PostgreSQL's programs
     */
    LocalStage(Rehearsal rehearsal, Runner runner, Toolbox toolbox, Path programs) {
        RunOptions options = rehearsal.options();
        this.rehearsal = rehearsal;
        this.toolbox = toolbox;
        platform = new LocalPlatform(runner, new PostgresTools(programs), rehearsal.redaction(), options.keep());
        filled = new FilledCluster(platform, options.size());
        store = Stores.open(options.store(), rehearsal, platform.work(), null);
    }

    /**
     * A backup system of this platform.
     *
     * @throws org.pgrehearsal.platform.MissingToolException if its programs are not here
     * @throws IllegalArgumentException if there is none of that name
     */
    static LocalSystem system(String name, RunOptions options, Toolbox toolbox) {
        return switch (name) {
            case PgBackRest.NAME -> new PgBackRest(toolbox.require(Program.PGBACKREST), false, terms(options, 2));
            case BarmanCloud.NAME ->
                new BarmanCloud(Rehearsal.parent(toolbox.require(Program.BARMAN_CLOUD_BACKUP)), terms(options, 5));
            case PgDump.NAME -> new PgDump();
            default -> throw new IllegalArgumentException("the local platform has no backup system " + name);
        };
    }

    /** A store beyond a network gets more time to answer than one in this JVM. */
    private static Terms terms(RunOptions options, int seconds) {
        return Terms.ofDrills(
                switch (options.store()) {
                    case StoreChoice.Embedded _ -> Duration.ofSeconds(seconds);
                    case StoreChoice.External _, StoreChoice.Garage _ -> Duration.ofSeconds(15);
                });
    }

    LocalPlatform platform() {
        return platform;
    }

    FilledCluster filled() {
        return filled;
    }

    Toolbox toolbox() {
        return toolbox;
    }

    @Override
    public String name() {
        return LocalPlatform.NAME;
    }

    @Override
    public Map<String, String> versions() {
        return Versions.of(toolbox);
    }

    @Override
    public List<String> notTested() {
        return NOT_TESTED;
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public Lane lane(BackupSystem system) {
        return new LocalLane(rehearsal, this, (LocalSystem) system);
    }

    /** The only thing of the run that does not go with its directory is what it put into somebody else's store. */
    @Override
    public void abort() {
        if (store instanceof ExternalStore) {
            store.close();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
