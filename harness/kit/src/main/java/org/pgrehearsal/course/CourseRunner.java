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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.check.Accounts;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.Journal;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.ledger.Workload;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalSegment;

/** Runs a course on a source until it is stopped, and finds out all there is to know about it. */
public final class CourseRunner {
    /** Of a quarter of the operations each, for one commit that carries an earlier time than one before it. */
    private static final int ROUNDS = 20;

    private static final Duration ARCHIVING = Duration.ofMinutes(3);
    private static final Duration HISTORY = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration WRITING = Duration.ofMinutes(10);

    private final ArchiveReader reader;
    private final ArchiveLayout layout;
    private final Size size;
    private final long seed;
    private final Progress progress;
    private final boolean clockRunsBackwards;

    /**
     * Prepares a run.
     *
     * @param reader reads the source's archive
     * @param layout of that archive
     * @param size   for which the source was filled
     * @param clockRunsBackwards whether to write on until a commit carries an earlier time than one before it
     */
    public CourseRunner(
            ArchiveReader reader,
            ArchiveLayout layout,
            Size size,
            long seed,
            Progress progress,
            boolean clockRunsBackwards) {
        this.reader = reader;
        this.layout = layout;
        this.size = size;
        this.seed = seed;
        this.progress = progress;
        this.clockRunsBackwards = clockRunsBackwards;
    }

    /**
     * The first course: writes, backs up meanwhile, writes on, and waits until the archive covers the last commit.
     *
     * @param site    where it archives to
     * @param kinds   the backups to take, in order
     * @param journal where {@code history.ndjson} goes
     */
    public Course run(Source source, Site site, List<BackupKind> kinds, Path journal) throws Exception {
        Lsn begin = ServerFacts.position(source.server());
        Map<String, byte[]> indexes = indexes(site, layout);
        History history = new History(UUID.randomUUID(), size.writerNumbers());
        try (Journal written = new Journal(history, journal)) {
            Written facts = write(source, kinds, written, 0, TimelineId.FIRST);
            return examine(source, site, history, facts, begin, indexes, Map.of());
        }
    }

    /**
     * A second course on a cluster that was promoted and archives on a new timeline: more commits, another backup, and what the archive holds
     * then.
     */
    public Course goOn(Source promoted, Course before, Site site, TimelineId timeline, Path journal) throws Exception {
        Waiting.on("the history of timeline " + timeline + " to be archived", HISTORY)
                .every(LOOK)
                .until(() -> ArchiveReader.list(site.bucket(), layout).histories(), seen -> seen.containsKey(timeline));
        InDoubt.settle(promoted.server(), before.history());
        try (Journal written = new Journal(before.history(), journal)) {
            Written facts =
                    write(promoted, List.of(BackupKind.FULL), written, Workload.numbers(size.writers()), timeline);
            return examine(promoted, site, before.history(), facts, Lsn.ZERO, before.earlierIndexes(), before.facts());
        }
    }

    private record Written(
            List<Backup> backups,
            String restorePoint,
            Course.LongTransaction longTransaction,
            Workload.Sentinel sentinel) {}

    private Written write(Source source, List<BackupKind> kinds, Journal journal, int firstWriter, TimelineId timeline)
            throws Exception {
        int quarter = Math.max(1, size.operations() / 4);
        boolean apart = firstWriter == 0; // segments to damage are taken from the first course
        String restorePoint = "rehearsal-" + journal.history().run() + "-" + firstWriter;
        try (Workload workload = new Workload(
                journal,
                () -> source.server().connect(LedgerSchema.DATABASE),
                firstWriter,
                size.writers(),
                seed,
                source.patience())) {
            workload.start();
            workload.awaitOperations(quarter, WRITING);
            List<Backup> backups = new ArrayList<>();
            for (BackupKind kind : kinds) {
                backups.add(progress.phase(
                        "back up (" + kind.name().toLowerCase(java.util.Locale.ROOT) + ") while writers run",
                        () -> workload.easing(quarter, () -> source.backup(kind))));
                workload.awaitOperations(quarter / 2, WRITING);
                if (backups.size() == 1) {
                    workload.easing(quarter, () -> {
                        source.meanwhile();
                        return source;
                    });
                }
            }
            Lsn backedUp = ServerFacts.position(source.server());
            Course.LongTransaction open = progress.phase("write on and place marks", () -> {
                Course.LongTransaction longTransaction = begin(workload, journal, firstWriter, source);
                if (apart) {
                    workload.switchSegment();
                }
                workload.awaitOperations(quarter, WRITING);
                workload.restorePoint(restorePoint);
                if (apart) {
                    workload.switchSegment();
                }
                workload.awaitOperations(quarter, WRITING);
                workload.endLong();
                workload.awaitOperations(quarter, WRITING);
                if (clockRunsBackwards) {
                    writeUntilTheClockRanBackwards(workload, source, timeline, backedUp, quarter);
                }
                workload.stop();
                return longTransaction;
            });
            Workload.Sentinel sentinel = workload.sentinel();
            workload.switchSegment();
            return new Written(backups, restorePoint, open, sentinel);
        }
    }

    /**
     * Of some thousand commits of concurrent writers, one or two carry an earlier time than one before them in the log: enough are written that
     * a course has one.
     */
    private void writeUntilTheClockRanBackwards(
            Workload workload, Source source, TimelineId timeline, Lsn from, int more) throws Exception {
        int segmentSize = ServerFacts.segmentSize(source.server());
        Lsn read = from;
        for (int round = 0; round < ROUNDS; round++) {
            Lsn flushed = ServerFacts.flushed(source.server());
            if (source.log(timeline, read, flushed, segmentSize).clockRanBackwards()) {
                return;
            }
            read = flushed;
            workload.awaitOperations(more, WRITING);
        }
    }

    private Course.LongTransaction begin(Workload workload, Journal journal, int firstWriter, Source source)
            throws SQLException {
        workload.beginLong();
        int writer = firstWriter + size.writers();
        History history = journal.history();
        return new Course.LongTransaction(
                history.xid(writer, history.operations(writer) - 1L), ServerFacts.position(source.server()));
    }

    private Course examine(
            Source source,
            Site site,
            History history,
            Written written,
            Lsn begin,
            Map<String, byte[]> indexes,
            Map<TimelineId, WalFacts> known)
            throws Exception {
        int segmentSize = ServerFacts.segmentSize(source.server());
        long systemId = ServerFacts.systemId(source.server());
        TimelineId timeline = written.sentinel().timeline();
        Lsn sentinel = written.sentinel().position();
        ArchiveReader.Listing listing = new ArchiveReader.Listing(Set.of(), Map.of());
        Map<TimelineId, WalFacts> facts = new TreeMap<>(known);
        if (written.backups().getFirst() instanceof Backup.Physical first) {
            listing = progress.phase(
                    "wait until the archive covers the last commit",
                    () -> awaitFrontier(site, first, timeline, sentinel, segmentSize));
            Path wal = Files.createDirectories(source.home().resolve("archived-wal"));
            ArchiveReader.Listing seen = listing;
            progress.phase("read the archive ourselves", () -> {
                ArchiveReader.fetch(site.bucket(), layout, wal);
                Frontier frontier = Objects.requireNonNull(Course.frontiers(
                                first, seen.segments(), seen.histories().values(), segmentSize)
                        .get(timeline));
                facts.putAll(read(seen, wal, timeline, known.keySet(), begin, frontier.end(), segmentSize));
                return wal;
            });
        } else {
            facts.put(
                    timeline,
                    progress.phase("read the source's log", () -> source.log(timeline, begin, sentinel, segmentSize)));
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
                sentinel,
                written.restorePoint(),
                written.longTransaction(),
                indexes,
                segmentSize,
                progress.phases());
    }

    /** What the archive says of every timeline up to the last, each up to where the next one left it. */
    private Map<TimelineId, WalFacts> read(
            ArchiveReader.Listing archive,
            Path wal,
            TimelineId last,
            Set<TimelineId> known,
            Lsn begin,
            Lsn end,
            int segmentSize) {
        Map<TimelineId, WalFacts> facts = new TreeMap<>();
        List<CommitOrder.Leg> path = archive.histories()
                .getOrDefault(last, TimelineHistory.none(last))
                .path();
        for (int i = 0; i < path.size(); i++) {
            TimelineId timeline = path.get(i).timeline();
            Lsn fork = path.get(i).until();
            if (known.contains(timeline)) {
                continue;
            }
            Lsn from = timeline.equals(TimelineId.FIRST) ? begin : firstOf(wal, timeline, segmentSize);
            if (fork != null) {
                ArchiveReader.complete(wal, timeline, path.get(i + 1).timeline(), fork, segmentSize);
            }
            facts.put(timeline, reader.read(wal, timeline, from, fork == null ? end : fork, segmentSize));
        }
        return facts;
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
        return Waiting.on("the archive's frontier to cover the last commit at " + sentinel, ARCHIVING)
                .every(LOOK)
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
