package org.pgrehearsal.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalDump;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalLayout;
import org.pgrehearsal.wal.WalSegment;

/**
 * Reads a WAL archive with our own eyes: lists the bucket, decodes what is there, and has {@code pg_waldump} say what the log holds. The
 * engine under test is never its own witness.
 */
public final class ArchiveReader {
    private final WalDumper dumper;

    /** With a {@code pg_waldump} of the source's major version. */
    public ArchiveReader(WalDumper dumper) {
        this.dumper = dumper;
    }

    /** With the one of this machine. */
    public ArchiveReader(Runner runner, PostgresTools tools) {
        this(new LocalWalDumper(runner, tools));
    }

    /**
     * What the archive holds by its listing.
     *
     * @param segments  names of whole segments
     * @param histories the history files
     */
    public record Listing(Set<String> segments, Map<TimelineId, TimelineHistory> histories) {}

    /** Lists the archive; reads only the history files. */
    public static Listing list(Bucket bucket, ArchiveLayout layout) {
        Set<String> segments = new TreeSet<>();
        Map<TimelineId, TimelineHistory> histories = new TreeMap<>();
        for (StoredObject object : bucket.list(layout.archive())) {
            String file = layout.walFile(object.key()).orElse("");
            if (WalSegment.isName(file)) {
                segments.add(file);
            } else if (file.endsWith(".history")) {
                TimelineId timeline = new TimelineId(Integer.parseUnsignedInt(file.substring(0, 8), 16));
                String text = new String(decode(bucket, layout, object.key()), StandardCharsets.UTF_8);
                histories.put(timeline, TimelineHistory.parse(timeline, text));
            }
        }
        return new Listing(segments, histories);
    }

    /** Fetches every whole segment of the archive, decoded, into a directory. */
    public static void fetch(Bucket bucket, ArchiveLayout layout, Path directory) {
        fetch(bucket, layout, directory, WalSegment::isName);
    }

    /** Fetches the whole segments of chosen names, decoded, into a directory. */
    public static void fetch(Bucket bucket, ArchiveLayout layout, Path directory, Predicate<String> names) {
        for (StoredObject object : bucket.list(layout.archive())) {
            String file = layout.walFile(object.key()).orElse("");
            Path segment = directory.resolve(file);
            if (WalSegment.isName(file) && names.test(file) && !Files.exists(segment)) {
                try {
                    Files.write(segment, decode(bucket, layout, object.key()));
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot keep " + file + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static byte[] decode(Bucket bucket, ArchiveLayout layout, String key) {
        try {
            return layout.decode(key, bucket.read(key));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot decode " + key + ": " + e.getMessage(), e);
        }
    }

    /**
     * Gives a timeline the segment in which it was left, where the archive has it only under the next timeline's name: that one opens with a copy of
     * what was written before the fork ({@code xlog.c}, {@code XLogInitNewTimeline}), and the old one is archived as partial, if at all. Without it
     * a record would be lost that begins in the segment before.
     *
     * @param directory with the segments
     */
    public static void complete(Path directory, TimelineId left, TimelineId next, Lsn fork, int segmentSize) {
        Path own =
                directory.resolve(WalSegment.containing(left, fork, segmentSize).name());
        Path copy =
                directory.resolve(WalSegment.containing(next, fork, segmentSize).name());
        if (!Files.exists(own) && Files.exists(copy)) {
            try {
                Files.copy(copy, own);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot keep " + own + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * What the log of one timeline says from a position up to another.
     *
     * @param directory with the segments
     */
    public WalFacts read(Path directory, TimelineId timeline, Lsn from, Lsn until, int segmentSize) {
        WalDump dump = new WalDump(timeline, WalLayout.of(segmentSize));
        // before PostgreSQL 16 one call shows either all resource managers or one
        for (String manager : List.of("Transaction", "XLOG")) {
            List<String> options =
                    List.of("--timeline=" + timeline, "--rmgr=" + manager, "--start=" + from, "--end=" + until);
            dumper.dump(directory, options, dump::consume);
        }
        return dump.facts();
    }

    /** The segments of a directory, by timeline, in order. */
    public static Map<TimelineId, List<WalSegment>> segments(Path directory, int segmentSize) {
        Map<TimelineId, List<WalSegment>> found = new HashMap<>();
        try (var files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(WalSegment::isName)
                    .map(name -> WalSegment.parse(name, segmentSize))
                    .sorted()
                    .forEach(segment -> found.computeIfAbsent(segment.timeline(), _ -> new ArrayList<>())
                            .add(segment));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
        }
        return found;
    }
}
