package org.pgrehearsal.sabotage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.WalSegment;

/**
 * A copy of a good backup, and what one must know to damage it.
 *
 * @param copy           a bucket that may be ruined
 * @param layout         where things are in it
 * @param backup         the backup that will be restored
 * @param needed         the segments from the backup's first one to the frontier, in the order of replay; empty for a system without an archive
 * @param commits        where the commits are that a loss would be noticed by
 * @param earlierIndexes index objects as they were before the backup, by key
 * @param foreign        makes a decoded segment that another cluster wrote; null if there is none
 * @param seed           decides what is left to chance: the same seed on the same copy does the same damage
 */
public record Scene(
        Bucket copy,
        ArchiveLayout layout,
        Backup backup,
        List<WalSegment> needed,
        Commits commits,
        Map<String, byte[]> earlierIndexes,
        @Nullable Supplier<byte[]> foreign,
        long seed) {
    public Scene {
        needed = List.copyOf(needed);
        earlierIndexes = Map.copyOf(earlierIndexes);
    }

    /** The objects of the backup itself, in the order of their keys. */
    List<StoredObject> backupObjects() {
        String label = backup.label() + "/";
        return copy.list("").stream()
                .filter(stored -> stored.key().startsWith(label) || stored.key().contains("/" + label))
                .toList();
    }

    /** The keys under which a WAL or history file is stored; none if it is not. */
    List<String> keysOf(String walFile) {
        return copy.list("").stream()
                .map(StoredObject::key)
                .filter(key -> layout.walFile(key).filter(walFile::equals).isPresent())
                .toList();
    }

    /** The segments that the backup does not need to become consistent, in the order of replay. */
    List<WalSegment> afterBackup() {
        return switch (backup) {
            // a stop on the boundary ends the segment before it, and nothing of the next one is needed
            case Backup.Physical physical ->
                needed.stream()
                        .filter(segment -> !segment.start().isBefore(physical.stop()))
                        .toList();
            case Backup.Logical _ -> List.of();
        };
    }

    /** A segment with others on both sides, past the backup's end if there are enough; empty if there are too few. */
    Optional<WalSegment> middle() {
        List<WalSegment> after = afterBackup();
        List<WalSegment> from = after.size() > 2 ? after : needed;
        return from.size() < 3 ? Optional.empty() : Optional.of(from.get((from.size() - 1) / 2));
    }

    /** Where a loss begins that comes from a replay that could not read on within a segment. */
    LossRange lossIn(WalSegment segment) {
        return lossFrom(segment.start(), segment.end());
    }

    /** Where a loss begins that comes from a replay that left the path somewhere in a range: at the latest with the first commit after it. */
    LossRange lossFrom(Lsn from, Lsn to) {
        Lsn latest = commits.firstEndingAfter(to)
                .orElse(needed.isEmpty() ? to : needed.getLast().end());
        return new LossRange(from, latest.isBefore(to) ? to.plus(1) : latest.plus(1));
    }

    SplittableRandom chance() {
        return new SplittableRandom(seed);
    }
}
