package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.course.FilledCluster;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.platform.Machine;
import org.pgrehearsal.platform.Preflight;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.platform.local.WorkPlace;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
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
import org.pgrehearsal.undo.UndoStack;

/** One run: its work directory, its store, its folder and its lanes. Closing it leaves nothing behind but the run folder. */
public final class Rehearsal implements Run {
    private static final Map<String, Rehearsal> RUNNING = new ConcurrentHashMap<>();

    private final UndoStack undo = new UndoStack();
    private final RunOptions options;
    private final RunListener listener;
    private final Redaction redaction = new Redaction();
    private final Instant started = Instant.now();
    private final String key;
    private final Plan plan;
    private final Janitor janitor;
    private final RunFolder folder;
    private final LocalPlatform platform;
    private final FilledCluster filled;
    private final ObjectStore store;
    private final Toolbox toolbox = Toolbox.ofThisMachine();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    /**
     * Starts a run. Whatever can be found wrong before anything is made, is.
     *
     * @throws NothingToRun if no scenario that was asked for can be run on any of the systems
     * @throws org.pgrehearsal.platform.MachineException if the machine lacks something: a tool, a user, space, or a directory that can be used
     * @throws org.pgrehearsal.evidence.EvidenceException if the run folder cannot be made
     */
    public Rehearsal(RunOptions options, RunListener listener) {
        this.options = options;
        this.listener = listener;
        String cookie = UUID.randomUUID().toString();
        Map<String, BackupSystem> systems = new LinkedHashMap<>();
        options.systems().forEach(name -> systems.put(name, system(name)));
        PostgresTools tools = new PostgresTools(parent(toolbox.require(Program.POSTGRES)));
        key = cookie;
        plan = Plan.of(options, systems.values(), key);
        Path place = options.place();
        new Preflight(toolbox, Machine.current()).demand(place, options.bytes());
        Path work = WorkPlace.choose(place);
        try {
            janitor = undo.closing("clean up " + work, WorkPlace.make(work, cookie, options.keep()));
            folder = RunFolder.create(options.reports(), started);
            Runner runner = new Runner(
                    Account.unprivileged(),
                    work,
                    janitor,
                    new Transcript(folder.path().resolve("commands.log"), redaction));
            WorkPlace.demandEntry(runner);
            platform = new LocalPlatform(runner, tools, redaction, options.keep());
            filled = new FilledCluster(platform, options.size());
            store = undo.closing("close the store", open(work));
            redaction.add("store-secret-key", store.access().secretKey());
        } catch (RuntimeException e) {
            undo.close();
            throw e;
        }
        systems.forEach((name, system) -> lanes.put(name, new Lane(this, system)));
        RUNNING.put(key, this);
        undo.push("forget the run", () -> RUNNING.remove(key));
    }

    private ObjectStore open(Path work) {
        CertificateAuthority authority = CertificateAuthority.create(work.resolve("ca.pem"));
        return switch (options.store()) {
            case StoreChoice.Embedded _ -> EmbeddedStore.start(work.resolve("store"), authority);
            case StoreChoice.External(S3Access access, String bucket, String prefix) -> {
                redaction.add("external-secret-key", access.secretKey());
                // a place of this run alone: two runs under one prefix do not meet, and what a killed one left is never
                // taken for ours
                yield ExternalStore.open(access, bucket, prefix + "/" + folder.id(), options.keep(), authority);
            }
        };
    }

    @Override
    public RunRecord run() {
        return new DrillRunner(this).run();
    }

    /** The run of a key, for the glue, which Cucumber makes without asking us. */
    static Rehearsal running(String key) {
        Rehearsal rehearsal = RUNNING.get(key);
        if (rehearsal == null) {
            throw new IllegalStateException("no run " + key + " is under way");
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

    @Override
    public Redaction redaction() {
        return redaction;
    }

    Instant started() {
        return started;
    }

    Plan plan() {
        return plan;
    }

    @Override
    public RunFolder folder() {
        return folder;
    }

    LocalPlatform platform() {
        return platform;
    }

    FilledCluster filled() {
        return filled;
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

    /**
     * Ends the processes and removes the work directory while drills may still be running, for a program that was told to end. No report is
     * written any more, and nothing needs closing: the JVM ends.
     */
    @Override
    public void abort() {
        janitor.sweep();
        if (store instanceof ExternalStore) {
            // the only thing of the run that does not go with its directory
            store.close();
        }
    }

    @Override
    public void close() {
        undo.close();
    }
}
