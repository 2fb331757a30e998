package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.CourseRunner;
import org.pgrehearsal.course.PodSource;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.ChartRestorer;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.chart.ArchivedDatabase;
import org.pgrehearsal.system.chart.ChartServer;
import org.pgrehearsal.system.chart.PgBackRestChart;

/** The chart {@code postgresql-pgbackrest} on a Kubernetes platform. */
final class ArchiveLane implements Lane {
    private static final Duration OPEN = Duration.ofMinutes(5);

    private final Rehearsal rehearsal;
    private final KubernetesStage stage;
    private final PgBackRestChart system;
    private final AtomicInteger buckets = new AtomicInteger();
    private final Once<Course> course = new Once<>("the source", () -> makeCourse("source", false));
    private final Once<Course> chained =
            new Once<>("the source with a chain of backups", () -> makeCourse("source with a chain of backups", true));

    ArchiveLane(Rehearsal rehearsal, KubernetesStage stage, PgBackRestChart system) {
        this.rehearsal = rehearsal;
        this.stage = stage;
        this.system = system;
    }

    @Override
    public PgBackRestChart system() {
        return system;
    }

    @Override
    public Course course() {
        return course.get();
    }

    @Override
    public Course chained() {
        return chained.get();
    }

    @Override
    public Course forked() {
        throw new IllegalStateException("this scenario needs a fork in one archive: tag it @needs-fork");
    }

    @Override
    public Bucket newBucket() {
        String name = "rehearse-" + name() + "-" + buckets.incrementAndGet();
        rehearsal.store().createBucket(name);
        return rehearsal.store().bucket(name, ArchivedDatabase.PREFIX);
    }

    private Course makeCourse(String what, boolean chain) throws Exception {
        stage.demandReady(null);
        Path folder = rehearsal.folder().drill(name(), what);
        Progress progress = new Progress(phase -> rehearsal.listener().phase(name(), what, phase));
        Bucket bucket = newBucket();
        RunOptions options = rehearsal.options();
        try (Gate gate = rehearsal.openGate(Gate.Policy.READ_WRITE);
                PodSource source = fill(folder, progress, bucket, gate, chain)) {
            CourseRunner runner = new CourseRunner(
                    new ArchiveReader(stage.waldump()),
                    system.layout(),
                    options.size(),
                    options.seed(),
                    progress,
                    !chain && rehearsal.plan().asksForAClockThatRanBackwards());
            List<BackupKind> kinds = chain
                    ? List.of(BackupKind.FULL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL)
                    : List.of(BackupKind.FULL);
            return runner.run(source, new Site(gate.access(), bucket, folder), kinds, folder.resolve("history.ndjson"));
        }
    }

    private PodSource fill(Path folder, Progress progress, Bucket bucket, Gate gate, boolean async) throws Exception {
        ArchivedDatabase database = database(stage.place(folder), folder);
        progress.phase("make the source", () -> {
            database.source(gate.access(), bucket, async);
            database.server().awaitOpen(OPEN);
            database.awaitFirstBackup(bucket);
            return database;
        });
        PodSource source = new PodSource(
                database.server(),
                kind -> database.backup(bucket, kind),
                PodSource.Trouble.NONE,
                Duration.ZERO,
                stage.folder());
        progress.phase("fill the source", () -> {
            source.fill(rehearsal.options().size());
            return source;
        });
        return source;
    }

    private ArchivedDatabase database(Place place, Path folder) {
        return new ArchivedDatabase(
                ChartServer.in(place, stage.password()),
                rehearsal.options().home(),
                stage.kustomize(),
                rehearsal.commands(folder),
                stage.folder());
    }

    @Override
    public Attempt restore(Drill drill, Form form, RestoreOrder order, Bucket bucket, Gate gate) throws Exception {
        if (form != Form.USUAL) {
            throw new IllegalStateException("this scenario needs a dump or a replica: tag it");
        }
        stage.demandReady(null);
        ArchivedDatabase database = database(stage.place(drill), drill.folder());
        return new ChartRestorer(database, drill.progress(), drill::relieve).restore(gate.access(), bucket, order);
    }

    @Override
    public byte[] foreignSegment(Drill drill) {
        return stage.foreignSegment();
    }
}
