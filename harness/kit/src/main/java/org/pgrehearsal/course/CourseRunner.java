package org.pgrehearsal.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.check.Accounts;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.Journal;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.ledger.Workload;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalSegment;

/** Runs a course from an empty cluster to a stopped one, and finds out all there is to know about it. */
public final class CourseRunner {
    /** Two courses may follow each other on one history: before and after a promotion. */
    static final int COURSES = 2;

    /** Of a quarter of the operations each, for one commit that carries an earlier time than one before it. */
    private static final int ROUNDS = 20;

    private static final Duration ARCHIVING = Duration.ofMinutes(3);
    private static final Duration WRITING = Duration.ofMinutes(10);

    private final LocalPlatform platform;
    private final Runner runner;
    private final BackupSystem system;
    private final FilledCluster filled;
    private final Size size;
    private final long seed;
    private final Progress progress;
    private final boolean clockRunsBackwards;

    /**
     * Prepares a run.
     *
     * @param filled             what a source begins as
     * @param runner             notes the commands of this course
     * @param clockRunsBackwards whether to write on until a commit carries an earlier time than one before it
     */
    public CourseRunner(
            LocalPlatform platform,
            FilledCluster filled,
            Runner runner,
            BackupSystem system,
            long seed,
            Progress progress,
            boolean clockRunsBackwards) {
        this.platform = platform;
        this.filled = filled;
        this.runner = runner;
        this.system = system;
        this.size = filled.size();
        this.seed = seed;
        this.progress = progress;
        this.clockRunsBackwards = clockRunsBackwards;
    }

    /**
     * The first course: fills a cluster, writes, backs up meanwhile, writes on, and waits until the archive covers the last commit.
     *
     * @param kinds   the backups to take, in order
     * @param journal where {@code history.ndjson} goes
     */
    public Course run(Site site, List<BackupKind> kinds, Path journal) throws Exception {
        PostgresCluster source = platform.cluster(runner);
        progress.phase("fill the source", () -> {
            filled.copyTo(source);
            return source;
        });
        Lsn begin = progress.phase("start archiving", () -> SourceServer.archive(source, system, site));
        Map<String, byte[]> indexes = indexes(site, system.layout());
        History history = new History(UUID.randomUUID(), filled.numbers());
        try (source;
                Journal written = new Journal(history, journal)) {
            Written facts = write(source, site, kinds, written, 0, TimelineId.FIRST);
            Course course = examine(source, site, history, facts, begin, TimelineId.FIRST, indexes, Map.of());
            source.stopImmediately();
            return course;
        }
    }

    /**
     * A second course on a cluster that was restored, promoted and archives again: more commits, another backup, and what the archive holds
     * then.
     */
    public Course goOn(PostgresCluster promoted, Course before, Site site, TimelineId timeline, Path journal)
            throws Exception {
        InDoubt.settle(promoted, before.history());
        try (Journal written = new Journal(before.history(), journal)) {
            Written facts = write(
                    promoted, site, List.of(BackupKind.FULL), written, Workload.numbers(size.writers()), timeline);
            return examine(
                    promoted,
                    site,
                    before.history(),
                    facts,
                    Lsn.ZERO,
                    timeline,
                    before.earlierIndexes(),
                    before.facts());
        }
    }

    private record Written(
            List<Backup> backups, String restorePoint, Course.LongTransaction longTransaction, Lsn sentinel) {}

    private Written write(
            PostgresCluster source,
            Site site,
            List<BackupKind> kinds,
            Journal journal,
            int firstWriter,
            TimelineId timeline)
            throws Exception {
        int quarter = Math.max(1, size.operations() / 4);
        String restorePoint = "rehearsal-" + journal.history().run() + "-" + timeline;
        try (Workload workload = new Workload(
                journal,
                () -> source.connect(LedgerSchema.DATABASE),
                firstWriter,
                size.writers(),
                timeline.value(),
                seed)) {
            workload.start();
            workload.awaitOperations(quarter, WRITING);
            List<Backup> backups = new ArrayList<>();
            for (BackupKind kind : kinds) {
                workload.easeAfter(quarter);
                backups.add(progress.phase(
                        "back up (" + kind.name().toLowerCase(java.util.Locale.ROOT) + ") while writers run",
                        () -> system.backup(source, site, kind)));
                workload.fullSpeed();
                workload.awaitOperations(quarter / 2, WRITING);
            }
            Lsn backedUp = SourceServer.position(source);
            Course.LongTransaction open = progress.phase("write on and place marks", () -> {
                Course.LongTransaction longTransaction = begin(workload, journal, firstWriter, source);
                workload.switchSegment();
                workload.awaitOperations(quarter, WRITING);
                workload.restorePoint(restorePoint);
                workload.switchSegment();
                workload.awaitOperations(quarter, WRITING);
                workload.endLong();
                workload.awaitOperations(quarter, WRITING);
                if (clockRunsBackwards) {
                    writeUntilTheClockRanBackwards(workload, source, timeline, backedUp, quarter);
                }
                workload.stop();
                return longTransaction;
            });
            Lsn sentinel = workload.sentinel();
            workload.switchSegment();
            return new Written(backups, restorePoint, open, sentinel);
        }
    }

    /**
     * Of some thousand commits of concurrent writers, one or two carry an earlier time than one before them in the log: enough are written that
     * a course has one.
     */
    private void writeUntilTheClockRanBackwards(
            Workload workload, PostgresCluster source, TimelineId timeline, Lsn from, int more) throws Exception {
        ArchiveReader reader = new ArchiveReader(runner, platform.tools());
        int segmentSize = SourceServer.segmentSize(source);
        Lsn read = from;
        for (int round = 0; round < ROUNDS; round++) {
            Lsn flushed = SourceServer.flushed(source);
            if (reader.read(source.data().resolve("pg_wal"), timeline, read, flushed, segmentSize)
                    .clockRanBackwards()) {
                return;
            }
            read = flushed;
            workload.awaitOperations(more, WRITING);
        }
    }

    private Course.LongTransaction begin(Workload workload, Journal journal, int firstWriter, PostgresCluster source)
            throws SQLException {
        workload.beginLong();
        int writer = firstWriter + size.writers();
        History history = journal.history();
        return new Course.LongTransaction(
                history.xid(writer, history.operations(writer) - 1L), SourceServer.position(source));
    }

    private Course examine(
            PostgresCluster source,
            Site site,
            History history,
            Written written,
            Lsn begin,
            TimelineId timeline,
            Map<String, byte[]> indexes,
            Map<TimelineId, WalFacts> known)
            throws Exception {
        int segmentSize = SourceServer.segmentSize(source);
        long systemId = SourceServer.systemId(source);
        ArchiveReader reader = new ArchiveReader(runner, platform.tools());
        ArchiveReader.Listing listing = new ArchiveReader.Listing(java.util.Set.of(), Map.of());
        Map<TimelineId, WalFacts> facts = new TreeMap<>(known);
        if (written.backups().getFirst() instanceof Backup.Physical first) {
            listing = progress.phase(
                    "wait until the archive covers the last commit",
                    () -> awaitFrontier(site, first, timeline, written.sentinel(), segmentSize));
            Path wal = Files.createDirectories(source.home().resolve("archived-wal"));
            ArchiveReader.Listing seen = listing;
            progress.phase("read the archive ourselves", () -> {
                ArchiveReader.fetch(site.bucket(), system.layout(), wal);
                Frontier frontier = Objects.requireNonNull(Course.frontiers(
                                first, seen.segments(), seen.histories().values(), segmentSize)
                        .get(timeline));
                Lsn from = timeline.equals(TimelineId.FIRST) ? begin : firstOf(wal, timeline, segmentSize);
                facts.put(timeline, reader.read(wal, timeline, from, frontier.end(), segmentSize));
                return wal;
            });
        } else {
            facts.put(
                    timeline,
                    progress.phase(
                            "read the source's log",
                            () -> reader.read(
                                    source.data().resolve("pg_wal"),
                                    timeline,
                                    begin,
                                    written.sentinel(),
                                    segmentSize)));
        }
        return new Course(
                site,
                history,
                new Accounts(LedgerSchema.accounts(history.writers()), LedgerSchema.INITIAL_BALANCE),
                systemId,
                written.backups(),
                timeline,
                facts,
                listing.histories(),
                listing.segments(),
                site.bucket().inventory(),
                written.sentinel(),
                written.restorePoint(),
                written.longTransaction(),
                indexes,
                segmentSize,
                progress.phases());
    }

    private static Lsn firstOf(Path wal, TimelineId timeline, int segmentSize) {
        List<WalSegment> segments = ArchiveReader.segments(wal, segmentSize).getOrDefault(timeline, List.of());
        if (segments.isEmpty()) {
            throw new IllegalStateException("the archive has no segment of timeline " + timeline);
        }
        return segments.getFirst().start();
    }

    private ArchiveReader.Listing awaitFrontier(
            Site site, Backup.Physical first, TimelineId timeline, Lsn sentinel, int segmentSize) {
        ArchiveLayout layout = system.layout();
        return Waiting.on("the archive's frontier to cover the last commit at " + sentinel, ARCHIVING)
                .every(Duration.ofMillis(150))
                .until(
                        () -> ArchiveReader.list(site.bucket(), layout),
                        listing -> reaches(listing, first, timeline, sentinel, segmentSize));
    }

    private static boolean reaches(
            ArchiveReader.Listing listing, Backup.Physical first, TimelineId timeline, Lsn sentinel, int segmentSize) {
        Frontier frontier = Course.frontiers(
                        first, listing.segments(), listing.histories().values(), segmentSize)
                .get(timeline);
        return frontier != null && frontier.covers(sentinel);
    }

    /** What the bucket holds before the first backup: the indexes as they were. */
    private static Map<String, byte[]> indexes(Site site, ArchiveLayout layout) {
        Map<String, byte[]> indexes = new HashMap<>();
        for (StoredObject object : site.bucket().list("")) {
            if (layout.walFile(object.key()).isEmpty()) {
                indexes.put(object.key(), site.bucket().read(object.key()));
            }
        }
        return indexes;
    }
}
