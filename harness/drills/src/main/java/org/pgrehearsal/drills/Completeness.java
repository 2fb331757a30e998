package org.pgrehearsal.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.WalSegment;

/** Whether a backup is complete in the store, by our own listing. */
final class Completeness {
    private Completeness() {}

    static void demand(Drill drill, Course course) {
        ArchiveLayout layout = drill.lane().system().layout();
        Inventory inventory = course.inventory();
        List<Finding> findings = new ArrayList<>();
        List<Inventory.Entry> parts = inventory.objects().entrySet().stream()
                .filter(object -> layout.isBackup(object.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        long bytes = parts.stream().mapToLong(Inventory.Entry::size).sum();
        if (parts.isEmpty() || bytes == 0) {
            findings.add(Finding.of(Anomaly.BACKUP_INCOMPLETE, "the store holds no part of a backup"));
        }
        drill.measure(new Measurement("objects of the backup", parts.size(), "objects"));
        drill.measure(new Measurement("size of the backup in the store", bytes, "B"));
        if (course.backup() instanceof Backup.Physical physical) {
            log(drill, course, physical, findings);
        }
        drill.refuteIfAny(findings);
        drill.checked();
        drill.summarise("complete: " + parts.size() + " objects, " + bytes / 1_000_000 + " MB in the store");
    }

    private static void log(Drill drill, Course course, Backup.Physical backup, List<Finding> findings) {
        WalSegment first = WalSegment.containing(backup.timeline(), backup.start(), course.segmentSize());
        WalSegment last = WalSegment.containing(backup.timeline(), backup.stop(), course.segmentSize());
        int count = 0;
        for (WalSegment segment = first; segment.compareTo(last) <= 0; segment = segment.next()) {
            // a stop on the boundary needs nothing of the segment that follows
            if (segment.start().isBefore(backup.stop()) && !course.segments().contains(segment.name())) {
                findings.add(Finding.of(
                        Anomaly.ARCHIVE_GAP, "the backup needs segment " + segment + ", which is not in the store"));
            }
            count++;
        }
        Frontier frontier = course.frontiers(backup).get(course.timeline());
        if (frontier == null || !frontier.covers(course.sentinel())) {
            findings.add(Finding.of(
                    Anomaly.ARCHIVE_GAP,
                    "the archive ends at " + (frontier == null ? "nothing" : frontier.end())
                            + ", before the last commit at " + course.sentinel()));
        } else {
            drill.observe("the archive reaches to " + frontier.end() + " without a gap; the last commit is at "
                    + course.sentinel());
        }
        drill.measure(new Measurement("segments that the backup needs", count, "segments"));
        drill.measure(
                new Measurement("segments in the archive", course.segments().size(), "segments"));
    }
}
