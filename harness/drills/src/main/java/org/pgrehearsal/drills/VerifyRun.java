package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.platform.Login;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.store.BucketClient;
import org.pgrehearsal.store.ExternalStore;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.system.PhysicalSystem;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.Terms;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.pgbackrest.PgBackRest;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;
import org.pgrehearsal.verify.Verification;
import org.pgrehearsal.verify.Verified;

/**
 * The verification of one backup of somebody else's, as a run with one drill. The repository is seen and reached through a gate that lets only
 * reads through, by the backup system and by us alike.
 */
public final class VerifyRun implements Run {
    /** The backup systems whose backups can be verified. */
    public static final List<String> SYSTEMS = List.of(PgBackRest.NAME, BarmanCloud.NAME);

    private static final String FEATURE = "verify";
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int OLDEST = 14;
    private static final List<String> NOT_TESTED = List.of(
            "commits that never reached the archive: only the source knows them",
            "what the rows say: there is no ledger in this database",
            "unlogged tables, and files that are not in the data directory or a tablespace");

    private final VerifyOptions options;
    private final RunListener listener;
    private final Toolbox toolbox = Toolbox.ofThisMachine();
    private final PhysicalSystem system;
    private final Workspace workspace;
    private final Gate gate;
    private final Site site;

    /**
     * Reaches out to the repository.
     *
     * @throws MachineException if the backup system's tools are not here
     * @throws org.pgrehearsal.store.StoreException if the store cannot be used
     */
    public VerifyRun(VerifyOptions options, RunListener listener) {
        this.options = options;
        this.listener = listener;
        this.system = system();
        this.workspace = new Workspace(options.reports(), options.work(), options.keep());
        try {
            StoreChoice.External choice = options.store();
            workspace.redaction().add("external-secret-key", choice.access().secretKey());
            ExternalStore store = workspace
                    .undo()
                    .closing(
                            "close the store",
                            ExternalStore.open(
                                    choice.access(), choice.bucket(), choice.prefix(), true, workspace.authority()));
            gate = store.openGate(Gate.Policy.READ_ONLY);
            workspace.redaction().add("gate-secret-key", gate.access().secretKey());
            BucketClient eyes = workspace
                    .undo()
                    .closing(
                            "close our view",
                            BucketClient.open(
                                    gate.access(),
                                    choice.bucket(),
                                    store.bucket().prefix(),
                                    SILENCE));
            site = new Site(gate.access(), eyes.bucket(), workspace.work().resolve("engine"));
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    private PhysicalSystem system() {
        Terms terms = new Terms(options.server(), SILENCE, options.patience());
        return switch (options.system()) {
            case PgBackRest.NAME -> new PgBackRest(toolbox.require(Program.PGBACKREST), false, terms);
            case BarmanCloud.NAME ->
                new BarmanCloud(Rehearsal.parent(toolbox.require(Program.BARMAN_CLOUD_RESTORE)), terms);
            default ->
                throw new IllegalArgumentException("backups of " + options.system() + " cannot be verified; those of "
                        + String.join(", ", SYSTEMS) + " can");
        };
    }

    @Override
    public RunFolder folder() {
        return workspace.folder();
    }

    @Override
    public Redaction redaction() {
        return workspace.redaction();
    }

    /**
     * Verifies.
     *
     * @throws MachineException if the machine lacks what this backup needs
     * @throws IllegalStateException if there is no such backup
     */
    @Override
    public RunRecord run() throws Exception {
        listener.planned(1);
        KeptBackup kept = choose();
        if (kept.major() < OLDEST) {
            throw new MachineException("the backup is of PostgreSQL " + kept.major() + ", and only backups of " + OLDEST
                    + " and newer can be verified");
        }
        PostgresTools tools = new PostgresTools(toolbox.requirePostgres(kept.major()));
        String scenario = "backup " + kept.backup().label() + " to the last commit in its archive";
        Progress progress = new Progress(phase -> listener.phase(system.name(), scenario, phase));
        Path evidence = folder().drill(system.name(), scenario);
        PostgresCluster cluster = workspace
                .undo()
                .closing(
                        "stop the restored server",
                        new PostgresCluster(
                                workspace
                                        .runner()
                                        .notingIn(new Transcript(evidence.resolve("commands.log"), redaction())),
                                tools,
                                workspace.work().resolve("c1"),
                                Login.local(options.user()),
                                options.keep()));
        List<String> notTested = new ArrayList<>(NOT_TESTED);
        DrillRecord drill;
        try {
            Verified verified = new Verification(system, site, gate, options.settings(), options.patience())
                    .run(kept, cluster, progress);
            notTested.addAll(verified.notTested());
            drill = record(scenario, verified, progress, evidence);
        } catch (MachineException e) {
            throw e;
        } catch (Exception e) {
            drill = unfinished(scenario, Drill.oneLine(e), progress, evidence);
        }
        keep(cluster, evidence);
        listener.finished(drill);
        return new RunRecord(
                folder().id(),
                workspace.started(),
                Duration.between(workspace.started(), Instant.now()),
                0,
                options.command(),
                LocalPlatform.NAME,
                "external",
                Versions.of(toolbox),
                List.of(drill),
                List.of(),
                notTested,
                DrillRunner.exitCode(List.of(drill)));
    }

    private KeptBackup choose() {
        List<KeptBackup> backups = system.backups(workspace.runner(), site);
        String label = options.backup();
        if (label == null) {
            return backups.getLast();
        }
        return backups.stream()
                .filter(kept -> kept.backup().label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no backup is called " + label + "; there are: "
                        + backups.stream().map(kept -> kept.backup().label()).collect(Collectors.joining(", "))));
    }

    private DrillRecord record(String scenario, Verified verified, Progress progress, Path evidence) {
        Judgement judgement = verified.judgement();
        List<Measurement> measurements = new ArrayList<>(verified.measurements());
        List<String> observations = new ArrayList<>(verified.observations());
        List<String> log = new ArrayList<>();
        Duration rto = null;
        if (judgement != null) {
            measurements.addAll(judgement.measurements());
            observations.addAll(judgement.observations());
            rto = judgement.attempt().rto();
            log.addAll(RecoveryLines.of(judgement.attempt()));
        }
        RecoveryTarget target = verified.target();
        if (target != null) {
            observations.add("recovery was asked to stop " + target.label());
        }
        observations.add("the archive reaches to " + verified.frontier().end() + " on timeline "
                + verified.frontier().timeline());
        Verdict verdict = verified.verdict();
        return new DrillRecord(
                system.name(),
                FEATURE,
                scenario,
                false,
                verdict,
                summary(verdict, measurements),
                progress.began(),
                progress.phases(),
                rto,
                measurements,
                observations,
                log,
                Picture.of(verified),
                folder().relative(evidence));
    }

    private static String summary(Verdict verdict, List<Measurement> measurements) {
        return switch (verdict) {
            case Verdict.Proved _ ->
                measurements.stream()
                        .filter(measurement -> measurement.name().equals("committed in log and cluster"))
                        .findFirst()
                        .map(measurement -> "all " + Math.round(measurement.value())
                                + " transactions that the archived log commits are committed, and no other")
                        .orElse("proved");
            case Verdict.Refuted refuted -> refuted.findings().getFirst().toString();
            case Verdict.Inconclusive inconclusive -> inconclusive.reasons().getFirst();
        };
    }

    private DrillRecord unfinished(String scenario, String reason, Progress progress, Path evidence) {
        return new DrillRecord(
                system.name(),
                FEATURE,
                scenario,
                false,
                new Verdict.Inconclusive(List.of(reason)),
                reason,
                progress.began(),
                progress.phases(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                folder().relative(evidence));
    }

    private static void keep(PostgresCluster cluster, Path evidence) {
        try {
            Files.write(evidence.resolve("server.log"), cluster.logLines());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep evidence in " + evidence + ": " + e.getMessage(), e);
        }
    }

    /** Ends everything at once, for a program that was told to end. */
    @Override
    public void abort() {
        workspace.abort();
    }

    @Override
    public void close() {
        workspace.close();
    }
}
