package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.CourseRunner;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.restore.Restorer;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.dump.DumpFormat;
import org.pgrehearsal.system.dump.PgDump;
import org.pgrehearsal.system.pgbackrest.PgBackRest;
import org.pgrehearsal.wal.TimelineId;

/** Everything of a run that belongs to one backup system: its sources, which many drills share, are made when a drill first asks for one. */
final class Lane {
    private final Rehearsal rehearsal;
    private final BackupSystem system;
    private final AtomicInteger buckets = new AtomicInteger();
    private final Once<Course> course;
    private final Once<Course> forked;
    private final Once<Course> chained;

    Lane(Rehearsal rehearsal, BackupSystem system) {
        this.rehearsal = rehearsal;
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

    String name() {
        return system.name();
    }

    BackupSystem system() {
        return system;
    }

    /** The system as it archives in the background, if it has a way to. */
    BackupSystem background() {
        return system.lacks().containsKey(Capability.SPOOL)
                ? system
                : new PgBackRest(rehearsal.toolbox().require(Program.PGBACKREST), true);
    }

    /** The system as it restores from a plain dump, if it has such. */
    static BackupSystem plain() {
        return new PgDump(DumpFormat.PLAIN);
    }

    /** A source that was backed up while its writers ran. */
    Course course() {
        return course.get();
    }

    /**
     * A source that was restored to a point in the middle, promoted, written to and backed up again, in a copy of the archive. Its first backup is the
     * one from before the fork.
     */
    Course forked() {
        return forked.get();
    }

    /** A source with a full, a differential and an incremental backup, archived in the background. */
    Course chained() {
        return chained.get();
    }

    /** An empty bucket for this lane. */
    Bucket newBucket() {
        return rehearsal.store().createBucket("rehearse-" + name() + "-" + buckets.incrementAndGet());
    }

    /** A copy of a course's bucket. */
    Bucket copyOf(Course original) {
        Bucket copy = newBucket();
        original.site().bucket().copyTo(copy);
        return copy;
    }

    private Course makeCourse(BackupSystem with, String what, List<BackupKind> kinds) throws Exception {
        Path folder = folder(what);
        Site site = new Site(
                rehearsal.store().access(), newBucket(), rehearsal.platform().engineHome());
        return runner(with, what, folder, rehearsal.plan().asksForAClockThatRanBackwards())
                .run(site, kinds, folder.resolve("history.ndjson"));
    }

    private Course makeForked() throws Exception {
        Course before = course();
        String what = "forked source";
        Path folder = folder(what);
        LocalPlatform platform = rehearsal.platform();
        Site site = new Site(rehearsal.store().access(), copyOf(before), platform.engineHome());
        try (PostgresCluster promoted = platform.cluster(commands(folder))) {
            new Restorer(system).promote(promoted, site, Targets.fork(before));
            Waiting.on("the new timeline's history to be archived", Duration.ofMinutes(1))
                    .every(Duration.ofMillis(100))
                    .until(
                            () -> org.pgrehearsal.course.ArchiveReader.list(site.bucket(), system.layout())
                                    .histories()
                                    .keySet(),
                            seen -> seen.contains(TimelineId.FIRST.next()));
            Course after = runner(system, what, folder, false)
                    .goOn(promoted, before, site, TimelineId.FIRST.next(), folder.resolve("history.ndjson"));
            return new Forked(before, after).whole();
        }
    }

    private CourseRunner runner(BackupSystem with, String what, Path folder, boolean clockRunsBackwards) {
        RunOptions options = rehearsal.options();
        Progress progress = new Progress(phase -> rehearsal.listener().phase(name(), what, phase));
        return new CourseRunner(
                rehearsal.platform(),
                rehearsal.filled(),
                commands(folder),
                with,
                options.seed(),
                progress,
                clockRunsBackwards);
    }

    /** A runner whose commands are noted in a folder. */
    Runner commands(Path folder) {
        return rehearsal
                .platform()
                .runner()
                .notingIn(new Transcript(folder.resolve("commands.log"), rehearsal.redaction()));
    }

    private Path folder(String what) {
        return rehearsal.folder().drill(name(), what);
    }
}
