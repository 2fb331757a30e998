package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.CourseRunner;
import org.pgrehearsal.course.PodSource;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.kubernetes.Jobs;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.DumpRestorer;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.chart.DumpedDatabase;
import org.pgrehearsal.system.chart.PgDumpChart;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.wal.Lsn;

/** The chart {@code cnpg-pgdump-backup} on a Kubernetes platform, beside databases of CloudNativePG. */
final class DumpLane implements Lane {
    private static final Duration READY = Duration.ofMinutes(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    /** What a backup says when it is done; the snapshot as PostgreSQL writes it, then where the log stood. */
    private static final Pattern COMPLETE =
            Pattern.compile("dump (\\S+) is complete: .*, snapshot (\\d+:\\d+:[\\d,]*) at (\\S+)\\. ");

    private final Rehearsal rehearsal;
    private final KubernetesStage stage;
    private final PgDumpChart system;
    private final AtomicInteger buckets = new AtomicInteger();
    private final Once<Course> course = new Once<>("the source", this::makeCourse);

    DumpLane(Rehearsal rehearsal, KubernetesStage stage, PgDumpChart system) {
        this.rehearsal = rehearsal;
        this.stage = stage;
        this.system = system;
    }

    /** The lane of a drill that only this system has. */
    static DumpLane of(Drill drill) {
        if (drill.lane() instanceof DumpLane lane) {
            return lane;
        }
        throw new IllegalStateException("this scenario needs the chart of dumps: tag it @only-" + PgDumpChart.NAME);
    }

    @Override
    public PgDumpChart system() {
        return system;
    }

    @Override
    public Course course() {
        return course.get();
    }

    @Override
    public Course forked() {
        throw new IllegalStateException("this scenario needs a log: tag it @needs-point-in-time");
    }

    @Override
    public Course chained() {
        throw new IllegalStateException("this scenario needs a chain of backups: tag it @needs-incremental");
    }

    @Override
    public Bucket newBucket() {
        return newBucket("");
    }

    private Bucket newBucket(String prefix) {
        String name = "rehearse-" + name() + "-" + buckets.incrementAndGet();
        rehearsal.store().createBucket(name);
        return rehearsal.store().bucket(name, prefix);
    }

    /** The copy has its dumps where the source's release put them. */
    @Override
    public Bucket copyOf(Course original) {
        Bucket copy = newBucket(own(original.site().bucket()));
        original.site().bucket().copyTo(copy);
        return copy;
    }

    /** What the source's release has put before its dumps, without what the store put before that. */
    private static String own(Bucket bucket) {
        return bucket.prefix().substring(above(bucket).length());
    }

    /** What the store put before what is ours. */
    static String above(Bucket bucket) {
        int ours = bucket.prefix().lastIndexOf(DumpedDatabase.CLUSTER_NAME + "/rehearse-");
        return ours < 0 ? bucket.prefix() : bucket.prefix().substring(0, ours);
    }

    private Course makeCourse() throws Exception {
        stage.demandReady(null);
        Path folder = rehearsal.folder().drill(name(), "source");
        Progress progress = new Progress(phase -> rehearsal.listener().phase(name(), "source", phase));
        Place place = stage.place(folder);
        Bucket bucket = newBucket(DumpedDatabase.prefix(place));
        try (Gate gate = rehearsal.openGate(Gate.Policy.READ_WRITE);
                PodSource source = fill(place, folder, progress, bucket, gate)) {
            Site site = new Site(gate.access(), bucket, folder);
            RunOptions options = rehearsal.options();
            CourseRunner runner = new CourseRunner(
                    new ArchiveReader(stage.waldump()),
                    system.layout(),
                    options.size(),
                    options.seed(),
                    progress,
                    false);
            return runner.run(source, site, List.of(BackupKind.FULL), folder.resolve("history.ndjson"));
        }
    }

    private PodSource fill(Place place, Path folder, Progress progress, Bucket bucket, Gate gate) throws Exception {
        CnpgDatabase superuser = database(place);
        DumpedDatabase dumped = dumped(place, folder);
        progress.phase("make the source", () -> {
            dumped.makeDatabase();
            superuser.awaitReady(READY);
            superuser.awaitConnection(ANSWER);
            return superuser;
        });
        progress.phase("install the chart", () -> {
            install(dumped, gate, bucket);
            return dumped;
        });
        PodSource source = new PodSource(
                superuser.asOwner(),
                kind -> backup(dumped, kind),
                PodSource.Trouble.NONE,
                Duration.ZERO,
                stage.folder());
        progress.phase("fill the source", () -> {
            source.fill(rehearsal.options().size(), superuser);
            return source;
        });
        return source;
    }

    private static void install(DumpedDatabase dumped, Gate gate, Bucket bucket) {
        dumped.release(gate.access(), bucket.name(), above(bucket), Map.of());
        dumped.awaitInstalled();
    }

    private static Backup backup(DumpedDatabase dumped, BackupKind kind) {
        Instant started = Instant.now();
        Jobs.Ended ended = dumped.dump();
        if (!ended.succeeded()) {
            throw new IllegalStateException("the dump failed: " + DumpRestorer.reason(ended.log()));
        }
        Matcher complete = COMPLETE.matcher(String.join("\n", ended.log()));
        if (!complete.find()) {
            throw new IllegalStateException("the dump succeeded and did not say what it is");
        }
        return Backup.Logical.of(
                complete.group(1),
                kind,
                complete.group(2),
                Lsn.parse(complete.group(3)),
                started,
                Duration.between(started, Instant.now()));
    }

    /** The objects of a namespace. */
    DumpedDatabase dumped(Place place, Path folder) {
        return new DumpedDatabase(
                place, rehearsal.options().home(), stage.kustomize(), rehearsal.commands(folder), stage.folder());
    }

    @Override
    public Attempt restore(Drill drill, Form form, RestoreOrder order, Bucket bucket, Gate gate) throws Exception {
        if (form != Form.USUAL) {
            throw new IllegalStateException("this scenario needs a dump in SQL text: tag it @needs-plain");
        }
        Place place = place(drill);
        CnpgDatabase database = database(place);
        DumpRestorer restorer = new DumpRestorer(database, dumped(place, drill.folder()), drill.progress());
        return restorer.restore(
                gate.access(),
                bucket.name(),
                above(bucket),
                bucket.prefix() + order.backup().label());
    }

    /** A namespace for a drill. */
    Place place(Drill drill) {
        stage.demandReady(null);
        return stage.place(drill);
    }

    /** The database of a namespace, by its superuser. */
    CnpgDatabase database(Place place) {
        return CnpgDatabase.in(place, null, stage.password());
    }

    @Override
    public byte[] foreignSegment(Drill drill) {
        throw new IllegalStateException("this scenario needs an archive: tag it @needs-archive");
    }
}
