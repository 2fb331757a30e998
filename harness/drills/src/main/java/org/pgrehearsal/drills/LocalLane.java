package org.pgrehearsal.drills;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.CourseRunner;
import org.pgrehearsal.course.LocalSource;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.Restorer;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.dump.DumpFormat;
import org.pgrehearsal.system.dump.PgDump;
import org.pgrehearsal.system.pgbackrest.PgBackRest;
import org.pgrehearsal.wal.TimelineId;

/** A backup system on the local platform. */
final class LocalLane implements Lane {
    private final Rehearsal rehearsal;
    private final LocalStage stage;
    private final LocalSystem system;
    private final AtomicInteger buckets = new AtomicInteger();
    private final Once<Course> course;
    private final Once<Course> forked;
    private final Once<Course> chained;

    LocalLane(Rehearsal rehearsal, LocalStage stage, LocalSystem system) {
        this.rehearsal = rehearsal;
        this.stage = stage;
        this.system = system;
        this.course = new Once<>("the source", () -> makeCourse(system, "source", List.of(BackupKind.FULL)));
        this.forked = new Once<>("the forked source", this::makeForked);
        this.chained = new Once<>(
                "the source with a chain of backups",
                () -> makeCourse(
                        background(),
                        "chained source",
                        List.of(BackupKind.FULL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL)));
    }

    /** The lane of a drill that only this platform has. */
    static LocalLane of(Drill drill) {
        if (drill.lane() instanceof LocalLane lane) {
            return lane;
        }
        throw new IllegalStateException("this scenario needs the local platform: tag it");
    }

    @Override
    public LocalSystem system() {
        return system;
    }

    /** The system as it archives in the background, if it has a way to. */
    LocalSystem background() {
        return system.lacks().containsKey(Capability.SPOOL)
                ? system
                : new PgBackRest(stage.toolbox().require(Program.PGBACKREST), true);
    }

    @Override
    public Course course() {
        return course.get();
    }

    @Override
    public Course forked() {
        return forked.get();
    }

    @Override
    public Course chained() {
        return chained.get();
    }

    @Override
    public Bucket newBucket() {
        return rehearsal.store().createBucket("rehearse-" + name() + "-" + buckets.incrementAndGet());
    }

    @Override
    public Attempt restore(Drill drill, Form form, RestoreOrder order, Bucket bucket, Gate gate) throws Exception {
        LocalSystem with = form == Form.PLAIN ? new PgDump(DumpFormat.PLAIN) : system;
        PostgresCluster cluster = drill.undo()
                .closing("stop the restored server", stage.platform().cluster(drill.commands()));
        drill.undo()
                .push(
                        "keep the server's log",
                        () -> Files.write(drill.folder().resolve("server.log"), cluster.logLines()));
        Site site = new Site(gate.access(), bucket, stage.platform().engineHome());
        return new Restorer(with).restore(cluster, site, order, drill.progress());
    }

    @Override
    public byte[] foreignSegment(Drill drill) {
        return ForeignSegment.make(stage.platform(), drill.commands());
    }

    LocalStage stage() {
        return stage;
    }

    private Course makeCourse(LocalSystem with, String what, List<BackupKind> kinds) throws Exception {
        Path folder = folder(what);
        Site site = new Site(
                rehearsal.store().access(), newBucket(), stage.platform().engineHome());
        Progress progress = progress(what);
        PostgresCluster cluster = stage.platform().cluster(rehearsal.commands(folder));
        try (LocalSource source = LocalSource.make(cluster, stage.filled(), with, site, progress)) {
            return runner(folder, progress, rehearsal.plan().asksForAClockThatRanBackwards())
                    .run(source, site, kinds, folder.resolve("history.ndjson"));
        }
    }

    private Course makeForked() throws Exception {
        Course before = course();
        String what = "forked source";
        Path folder = folder(what);
        LocalPlatform platform = stage.platform();
        Site site = new Site(rehearsal.store().access(), copyOf(before), platform.engineHome());
        try (PostgresCluster promoted = platform.cluster(rehearsal.commands(folder))) {
            new Restorer(system).promote(promoted, site, Targets.fork(before));
            LocalSource source = new LocalSource(promoted, system, site);
            Course after = runner(folder, progress(what), false)
                    .goOn(source, before, site, TimelineId.FIRST.next(), folder.resolve("history.ndjson"));
            return new Forked(before, after).whole();
        }
    }

    private CourseRunner runner(Path folder, Progress progress, boolean clockRunsBackwards) {
        RunOptions options = rehearsal.options();
        ArchiveReader reader =
                new ArchiveReader(rehearsal.commands(folder), stage.platform().tools());
        return new CourseRunner(reader, system.layout(), options.size(), options.seed(), progress, clockRunsBackwards);
    }

    private Progress progress(String what) {
        return new Progress(phase -> rehearsal.listener().phase(name(), what, phase));
    }

    private Path folder(String what) {
        return rehearsal.folder().drill(name(), what);
    }
}
