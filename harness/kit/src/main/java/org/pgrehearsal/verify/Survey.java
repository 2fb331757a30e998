package org.pgrehearsal.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.WaitFailed;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.target.TargetTimeline;
import org.pgrehearsal.target.TimelineChoice;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalHistory;
import org.pgrehearsal.wal.WalSegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an archive holds for one backup, seen by ourselves.
 *
 * @param listing     its names
 * @param path        the timelines that a restore to the newest one follows
 * @param frontier    how far it reaches along them
 * @param needed      the segments from the backup's begin to there
 * @param segmentSize bytes in a segment
 * @param findings    what is wrong with it
 * @param facts       what its log says, by timeline; empty until it was read
 */
record Survey(
        ArchiveReader.Listing listing,
        List<CommitOrder.Leg> path,
        Frontier frontier,
        List<WalSegment> needed,
        int segmentSize,
        List<Finding> findings,
        List<WalFacts> facts) {
    private static final Logger log = LoggerFactory.getLogger(Survey.class);

    /** An archive that is being written to may have a gap near its end for a moment, where segments are sent side by side. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration FRESH = Duration.ofMinutes(1);

    Survey {
        needed = List.copyOf(needed);
        findings = List.copyOf(findings);
        facts = List.copyOf(facts);
    }

    /** Lists the archive, and gives a gap near a fresh end some seconds to close. */
    static Survey of(Bucket bucket, KeptBackup kept) {
        int size = segmentSize(bucket, kept);
        Survey[] last = {list(bucket, kept, size)};
        if (!last[0].frontier.gaps().isEmpty() && isFresh(bucket, kept)) {
            try {
                Waiting.on("the gap in the archive to close", SETTLING)
                        .every(Duration.ofSeconds(2))
                        .until(
                                () -> {
                                    last[0] = list(bucket, kept, size);
                                    return last[0].frontier.gaps();
                                },
                                List::isEmpty);
            } catch (WaitFailed stays) {
                // then it is a gap
                return last[0];
            }
        }
        return last[0];
    }

    private static Survey list(Bucket bucket, KeptBackup kept, int size) {
        Backup.Physical backup = kept.backup();
        ArchiveReader.Listing listing = ArchiveReader.list(bucket, kept.archive());
        TimelineChoice choice =
                TimelineChoice.of(new TargetTimeline.Latest(), backup.timeline(), backup.start(), listing.histories());
        List<Finding> findings = new ArrayList<>();
        TimelineId timeline;
        List<CommitOrder.Leg> path;
        switch (choice) {
            case TimelineChoice.Follows follows -> {
                timeline = follows.timeline();
                path = follows.path();
            }
            case TimelineChoice.Refuses refuses -> {
                findings.add(Finding.of(
                        Anomaly.WRONG_BRANCH,
                        "a restore to the newest timeline is refused: "
                                + refuses.refusal().why()));
                timeline = backup.timeline();
                path = listing.histories()
                        .getOrDefault(timeline, TimelineHistory.none(timeline))
                        .path();
            }
        }
        Map<TimelineId, Frontier> frontiers =
                Course.frontiers(backup, listing.segments(), listing.histories().values(), size);
        Frontier frontier =
                frontiers.getOrDefault(timeline, new Frontier(timeline, null, backup.start(), List.of(), List.of()));
        findings.addAll(gaps(backup, frontier));
        return new Survey(listing, path, frontier, needed(path, backup, frontier, size), size, findings, List.of());
    }

    private static List<Finding> gaps(Backup.Physical backup, Frontier frontier) {
        List<Finding> findings = new ArrayList<>();
        List<String> gaps = frontier.gaps().stream().map(WalSegment::name).toList();
        if (!frontier.covers(backup.stop())) {
            findings.add(Finding.of(
                    Anomaly.ARCHIVE_GAP,
                    "the backup needs the log up to " + backup.stop() + ", and the archive reaches only to "
                            + frontier.end() + (gaps.isEmpty() ? "" : ": segment " + gaps.getFirst() + " is missing")));
        } else if (!gaps.isEmpty()) {
            findings.add(new Finding(
                    Anomaly.ARCHIVE_GAP,
                    gaps.size(),
                    "segment " + gaps.getFirst() + " is missing: nothing after " + frontier.end()
                            + " can be restored from this backup, though the archive has later segments",
                    gaps.stream().limit(Finding.KEPT).toList()));
        }
        List<String> histories = frontier.missingHistories().stream()
                .filter(name -> Integer.parseUnsignedInt(name.substring(0, 8), 16)
                        > backup.timeline().value())
                .toList();
        if (!histories.isEmpty()) {
            findings.add(new Finding(
                    Anomaly.ARCHIVE_GAP,
                    histories.size(),
                    histories.getFirst() + " is missing, though the archive has segments of that timeline or of a later"
                            + " one: recovery does not find the way there",
                    histories.stream().limit(Finding.KEPT).toList()));
        }
        return findings;
    }

    private static List<WalSegment> needed(
            List<CommitOrder.Leg> path, Backup.Physical backup, Frontier frontier, int size) {
        List<WalSegment> needed = new ArrayList<>();
        WalSegment last = frontier.last();
        long number =
                WalSegment.containing(backup.timeline(), backup.start(), size).number();
        while (last != null && number <= last.number()) {
            needed.add(new WalSegment(timelineAt(path, number, size), number, size));
            number++;
        }
        return needed;
    }

    /** Which timeline's segment recovery reads at a place: at a fork, the new one's. */
    private static TimelineId timelineAt(List<CommitOrder.Leg> path, long number, int size) {
        for (CommitOrder.Leg leg : path) {
            Lsn until = leg.until();
            if (until == null || Long.divideUnsigned(until.value(), size) > number) {
                return leg.timeline();
            }
        }
        return path.getLast().timeline();
    }

    /** The length of the first segment that can be read: no name tells it. */
    private static int segmentSize(Bucket bucket, KeptBackup kept) {
        for (StoredObject object : bucket.list(kept.archive().archive())) {
            if (WalSegment.isName(kept.archive().walFile(object.key()).orElse(""))) {
                try {
                    int length = kept.archive().decode(object.key(), bucket.read(object.key())).length;
                    if (length >= 1 << 20 && Integer.bitCount(length) == 1) {
                        return length;
                    }
                } catch (IOException e) {
                    log.debug("segment {} cannot be decoded; another one may tell the size", object.key(), e);
                }
            }
        }
        return WalSegment.DEFAULT_SIZE;
    }

    private static boolean isFresh(Bucket bucket, KeptBackup kept) {
        Instant limit = Instant.now().minus(FRESH);
        return bucket.list(kept.archive().archive()).stream()
                .anyMatch(object -> object.lastModified().isAfter(limit));
    }

    /** Whether the backup can be restored at all. */
    boolean reaches(Backup.Physical backup) {
        return frontier.covers(backup.stop());
    }

    /** Fetches what is needed and reads it; a segment that cannot be read is a finding. */
    Survey read(ArchiveReader reader, Bucket bucket, KeptBackup kept, Path directory) {
        Set<String> names = new HashSet<>();
        needed.forEach(segment -> names.add(segment.name()));
        List<Finding> all = new ArrayList<>(findings);
        List<WalFacts> read = new ArrayList<>();
        try {
            ArchiveReader.fetch(bucket, kept.archive(), directory, names::contains);
            Lsn from = kept.backup().start();
            for (CommitOrder.Leg leg : path) {
                if (needed.stream().anyMatch(segment -> segment.timeline().equals(leg.timeline()))) {
                    Lsn start = firstOf(leg.timeline()).isBefore(from) ? from : firstOf(leg.timeline());
                    read.add(reader.read(directory, leg.timeline(), start, lastOf(leg.timeline()), segmentSize));
                }
            }
        } catch (UncheckedIOException | CommandFailed e) {
            all.add(Finding.of(Anomaly.ARCHIVE_GAP, "the archived log cannot be read: " + e.getMessage()));
        }
        return new Survey(listing, path, frontier, needed, segmentSize, all, read);
    }

    private Lsn firstOf(TimelineId timeline) {
        return ofTimeline(timeline).getFirst().start();
    }

    private Lsn lastOf(TimelineId timeline) {
        return ofTimeline(timeline).getLast().end();
    }

    private List<WalSegment> ofTimeline(TimelineId timeline) {
        return needed.stream()
                .filter(segment -> segment.timeline().equals(timeline))
                .toList();
    }

    /** The log along the path. */
    WalHistory history() {
        return WalFacts.along(path, facts);
    }

    /** The last commit that the archive holds from a position on. */
    Optional<TransactionRecord> lastCommit(Lsn from) {
        @Nullable TransactionRecord last = null;
        for (TransactionRecord ending : history().order().records()) {
            if (ending.commits() && !ending.start().isBefore(from)) {
                last = ending;
            }
        }
        return Optional.ofNullable(last);
    }
}
