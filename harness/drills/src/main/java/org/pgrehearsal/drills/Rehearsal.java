package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;
import org.pgrehearsal.store.ExternalStore;
import org.pgrehearsal.store.ObjectStore;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Terms;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.dump.PgDump;
import org.pgrehearsal.system.pgbackrest.PgBackRest;

/** One run: its work directory, its store, its folder and its lanes. Closing it leaves nothing behind but the run folder. */
public final class Rehearsal implements AutoCloseable {
    private static final Map<String, Rehearsal> RUNNING = new ConcurrentHashMap<>();

    private final RunOptions options;
    private final RunListener listener;
    private final Workspace workspace;
    private final LocalPlatform platform;
    private final ObjectStore store;
    private final Toolbox toolbox = Toolbox.ofThisMachine();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    /**
     * Starts a run.
     *
     * @throws org.pgrehearsal.platform.MissingToolException if a system that was asked for has no tools here
     */
    public Rehearsal(RunOptions options, RunListener listener) {
        this.options = options;
        this.listener = listener;
        Map<String, BackupSystem> systems = new LinkedHashMap<>();
        options.systems().forEach(name -> systems.put(name, system(name)));
        PostgresTools tools = new PostgresTools(parent(toolbox.require(Program.POSTGRES)));
        workspace = new Workspace(options.reports(), options.work(), options.keep());
        try {
            platform = new LocalPlatform(workspace.runner(), tools, workspace.redaction(), options.keep());
            store = workspace.undo().closing("close the store", open());
            workspace.redaction().add("store-secret-key", store.access().secretKey());
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
        systems.forEach((name, system) -> lanes.put(name, new Lane(this, system)));
        RUNNING.put(folder().id(), this);
        workspace.undo().push("forget the run", () -> RUNNING.remove(folder().id()));
    }

    private ObjectStore open() {
        CertificateAuthority authority = workspace.authority();
        return switch (options.store()) {
            case StoreChoice.Embedded _ -> EmbeddedStore.start(workspace.work().resolve("store"), authority);
            case StoreChoice.External(S3Access access, String bucket, String prefix) -> {
                workspace.redaction().add("external-secret-key", access.secretKey());
                // a place of this run alone: two runs under one prefix do not meet, and what a killed one left is never
                // taken for ours
                yield ExternalStore.open(access, bucket, prefix + "/" + folder().id(), options.keep(), authority);
            }
        };
    }

    /** The run of an id, for the glue, which Cucumber makes without asking us. */
    static Rehearsal running(String id) {
        Rehearsal rehearsal = RUNNING.get(id);
        if (rehearsal == null) {
            throw new IllegalStateException("no run " + id + " is under way");
        }
        return rehearsal;
    }

    private BackupSystem system(String name) {
        return switch (name) {
            case PgBackRest.NAME -> new PgBackRest(toolbox.require(Program.PGBACKREST), false, terms(2));
            case "barman-cloud" -> new BarmanCloud(parent(toolbox.require(Program.BARMAN_CLOUD_BACKUP)), terms(5));
            case "pg-dump" -> new PgDump();
            default ->
                throw new IllegalArgumentException(
                        "no backup system is called " + name + "; there are: " + String.join(", ", RunOptions.SYSTEMS));
        };
    }

    /** A store beyond a network gets more time to answer than one in this JVM. */
    private Terms terms(int seconds) {
        return Terms.ofDrills(
                switch (options.store()) {
                    case StoreChoice.Embedded _ -> Duration.ofSeconds(seconds);
                    case StoreChoice.External _ -> Duration.ofSeconds(15);
                });
    }

    static Path parent(Path program) {
        Path parent = program.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    RunOptions options() {
        return options;
    }

    RunListener listener() {
        return listener;
    }

    Redaction redaction() {
        return workspace.redaction();
    }

    Instant started() {
        return workspace.started();
    }

    public RunFolder folder() {
        return workspace.folder();
    }

    LocalPlatform platform() {
        return platform;
    }

    ObjectStore store() {
        return store;
    }

    Toolbox toolbox() {
        return toolbox;
    }

    Lane lane(String system) {
        Lane lane = lanes.get(system);
        if (lane == null) {
            throw new IllegalArgumentException("this run has no lane for " + system);
        }
        return lane;
    }

    Map<String, Lane> lanes() {
        return lanes;
    }

    @Override
    public void close() {
        workspace.close();
    }
}
