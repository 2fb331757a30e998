package org.pgrehearsal.drills;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.platform.Machine;
import org.pgrehearsal.platform.Preflight;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.kubernetes.Cluster;
import org.pgrehearsal.platform.local.WorkPlace;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.ObjectStore;
import org.pgrehearsal.system.BackupSystem;
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
    private final Runner runner;
    private final Stage stage;
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
        Toolbox toolbox = Toolbox.ofThisMachine();
        Map<String, BackupSystem> systems = new LinkedHashMap<>();
        options.systems().forEach(name -> systems.put(name, system(name, toolbox)));
        key = cookie;
        plan = Plan.of(options, systems.values(), key);
        Path place = options.place();
        Path program = toolbox.require(options.platform().program());
        if (options.platform() instanceof PlatformChoice.Local) {
            new Preflight(toolbox, Machine.current()).demand(place, options.bytes());
        }
        Path work = WorkPlace.choose(place);
        try {
            janitor = undo.closing("clean up " + work, WorkPlace.make(work, cookie, options.keep()));
            folder = RunFolder.create(options.reports(), started);
            runner = new Runner(
                    options.platform() instanceof PlatformChoice.Local ? Account.unprivileged() : Account.self(),
                    work,
                    janitor,
                    new Transcript(folder.path().resolve("commands.log"), redaction));
            WorkPlace.demandEntry(runner);
            stage = undo.closing("give up the platform", stage(toolbox, program, work));
            redaction.add("store-secret-key", stage.store().access().secretKey());
        } catch (RuntimeException e) {
            undo.close();
            throw e;
        }
        systems.forEach((name, system) -> lanes.put(name, stage.lane(system)));
        RUNNING.put(key, this);
        undo.push("forget the run", () -> RUNNING.remove(key));
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

    private BackupSystem system(String name, Toolbox toolbox) {
        return switch (options.platform()) {
            case PlatformChoice.Local _ -> LocalStage.system(name, options, toolbox);
            case PlatformChoice.OnKubernetes _ -> KubernetesStage.system(name);
        };
    }

    private Stage stage(Toolbox toolbox, Path program, Path work) {
        return switch (options.platform()) {
            case PlatformChoice.Local _ -> new LocalStage(this, runner, toolbox, parent(program));
            case PlatformChoice.K3s _ -> {
                LabCluster lab = undo.closing(
                        "take the Kubernetes of this run down",
                        LabCluster.start(
                                options.home(),
                                options.systems(),
                                options.store(),
                                toolbox.cache(),
                                runner,
                                redaction,
                                said -> listener.phase(options.platform().label(), "platform", said)));
                yield new KubernetesStage(this, lab.cluster(), lab.bootstrap(), program, work, lab.store());
            }
            case PlatformChoice.Existing(String context) -> {
                KubernetesClient client = undo.closing(
                        "close the client of the cluster",
                        new KubernetesClientBuilder()
                                .withConfig(Config.autoConfigure(context))
                                .build());
                yield new KubernetesStage(this, Cluster.of("cluster", client), null, program, work, options.store());
            }
        };
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

    Stage stage() {
        return stage;
    }

    ObjectStore store() {
        return stage.store();
    }

    /** A way into the store whose key is in no report; whoever asks for it closes it. */
    Gate openGate(Gate.Policy policy) {
        Gate gate = store().openGate(policy);
        redaction.add("gate-secret-key-" + gate.access().port(), gate.access().secretKey());
        return gate;
    }

    /** A runner whose commands are noted in a folder. */
    Runner commands(Path folder) {
        return runner.notingIn(new Transcript(folder.resolve("commands.log"), redaction));
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
        stage.abort();
    }

    @Override
    public void close() {
        undo.close();
    }
}
