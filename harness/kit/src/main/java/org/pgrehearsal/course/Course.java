package org.pgrehearsal.course;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgrehearsal.check.Accounts;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalFacts;

/**
 * Everything known about a source whose writers have stopped. Nothing of it is asked of the engine but the backup's label.
 *
 * @param site            where its backups and its archive are
 * @param history         what the writers were told
 * @param accounts        between which they moved amounts
 * @param systemId        the cluster's system identifier
 * @param backups         in the order in which they were taken
 * @param timeline        the source's last timeline
 * @param facts           what the log says, by timeline
 * @param histories       the history files in the archive
 * @param segments        the whole segments in the archive, by our own listing
 * @param inventory       every object of the bucket
 * @param sentinel        a position after the last commit; the archive covers it
 * @param restorePoint    the name of the restore point on {@code timeline}
 * @param longTransaction the transaction that stayed open for long on {@code timeline}
 * @param earlierIndexes  the bucket's objects before the first backup
 * @param segmentSize     bytes in a segment
 * @param phases          what took how long
 */
public record Course(
        Site site,
        History history,
        Accounts accounts,
        long systemId,
        List<Backup> backups,
        TimelineId timeline,
        Map<TimelineId, WalFacts> facts,
        Map<TimelineId, TimelineHistory> histories,
        Set<String> segments,
        Inventory inventory,
        Lsn sentinel,
        String restorePoint,
        LongTransaction longTransaction,
        Map<String, byte[]> earlierIndexes,
        int segmentSize,
        List<DrillRecord.Phase> phases) {
    public Course {
        backups = List.copyOf(backups);
        facts = Map.copyOf(facts);
        histories = Map.copyOf(histories);
        segments = Set.copyOf(segments);
        earlierIndexes = Map.copyOf(earlierIndexes);
        phases = List.copyOf(phases);
    }

    /**
     * A transaction that stayed open while others committed.
     *
     * @param xid   its number
     * @param begin where the log stood when it had written
     */
    public record LongTransaction(long xid, Lsn begin) {}

    /** The backup that restores begin with unless a scenario says otherwise: the last one taken. */
    public Backup backup() {
        return backups.getLast();
    }

    /**
     * What is left when a backup was removed from the store.
     *
     * @param stillArchived  the whole segments that are in the archive then
     * @param stillInventory every object of the bucket then
     */
    public Course without(Backup removed, Set<String> stillArchived, Inventory stillInventory) {
        return new Course(
                site,
                history,
                accounts,
                systemId,
                backups.stream().filter(backup -> !backup.equals(removed)).toList(),
                timeline,
                facts,
                histories,
                stillArchived,
                stillInventory,
                sentinel,
                restorePoint,
                longTransaction,
                earlierIndexes,
                segmentSize,
                phases);
    }

    /** How far the archive reaches for a restore of a backup, by timeline. */
    public Map<TimelineId, Frontier> frontiers(Backup.Physical from) {
        return frontiers(from, segments, histories.values(), segmentSize);
    }

    /** How far some archive reaches for a restore of a backup, by timeline. */
    public static Map<TimelineId, Frontier> frontiers(
            Backup.Physical from, Set<String> segments, Collection<TimelineHistory> histories, int segmentSize) {
        return Frontier.of(from.timeline(), from.start(), segments, histories, segmentSize);
    }
}
