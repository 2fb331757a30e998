package org.pgrehearsal.drills;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.sabotage.Damage;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalSegment;

/**
 * A course and the one that went on from a restore of it.
 *
 * @param before up to the fork and beyond, on the old timeline
 * @param after  on the new timeline
 */
record Forked(Course before, Course after) {
    /** Both in one: the backups of both, oldest first, and everything known of both timelines. */
    Course whole() {
        List<Backup> backups = new ArrayList<>(before.backups());
        after.backups().stream().filter(backup -> !backups.contains(backup)).forEach(backups::add);
        return new Course(
                after.site(),
                after.history(),
                after.accounts(),
                after.systemId(),
                backups,
                after.timeline(),
                after.facts(),
                after.histories(),
                after.segments(),
                after.inventory(),
                after.sentinel(),
                after.restorePoint(),
                after.longTransaction(),
                after.earlierIndexes(),
                after.segmentSize(),
                after.phases());
    }

    /**
     * A commit on the old timeline that the new one goes on from: in the middle between a backup and the segment of the fork. In that segment
     * recovery stops and then fails if a transaction is in doubt that was prepared in it: see {@link Targets#fork}.
     */
    static Lsn beforeTheSwitch(Course course, Backup.Physical backup) {
        Lsn fork = WalSegment.containing(
                        TimelineId.FIRST, history(course).ancestors().getLast().at(), course.segmentSize())
                .start();
        return middle(
                        commits(course)
                                .filter(commit -> !commit.start().isBefore(backup.stop())
                                        && commit.start().isBefore(fork))
                                .toList(),
                        "between the backup and the segment of the switch")
                .start();
    }

    /** The time of a commit in the middle of what was written after the switch. */
    static Instant afterTheSwitch(Course course) {
        Lsn fork = history(course).ancestors().getLast().at();
        return middle(
                        commits(course)
                                .filter(commit -> !commit.start().isBefore(fork))
                                .toList(),
                        "after the switch")
                .at();
    }

    /** Those of the path on which the last timeline is, but for two-phase ones. */
    private static Stream<TransactionRecord> commits(Course course) {
        return WalFacts.along(history(course).path(), course.facts().values()).order().records().stream()
                .filter(ending -> ending.kind() == TransactionRecord.Kind.COMMIT);
    }

    private static TimelineHistory history(Course course) {
        TimelineHistory history = course.histories().get(course.timeline());
        if (history == null || history.ancestors().isEmpty()) {
            throw new Doubt("the archive has no history of timeline " + course.timeline());
        }
        return history;
    }

    private static TransactionRecord middle(List<TransactionRecord> commits, String where) {
        if (commits.isEmpty()) {
            throw new Doubt("the log has no commit " + where);
        }
        return commits.get(commits.size() / 2);
    }

    /** A commit on the old timeline that the new one does not have: three quarters of the way. */
    static Lsn pastTheFork(Course before) {
        WalFacts facts = before.facts().get(before.timeline());
        if (facts == null) {
            throw new Doubt("nothing is known of the old timeline");
        }
        Backup.Physical backup = (Backup.Physical) before.backup();
        List<TransactionRecord> commits = facts.transactions().stream()
                .filter(ending -> ending.commits() && !ending.start().isBefore(backup.stop()))
                .toList();
        return commits.get(commits.size() * 3 / 4).start();
    }

    /** Where in the log damage was done, if it was done to a segment. */
    static @Nullable Lsn damaged(Damage damage, Course course) {
        for (String key : damage.keys()) {
            String name = key.substring(key.lastIndexOf('/') + 1);
            if (name.length() >= 24 && WalSegment.isName(name.substring(0, 24))) {
                return WalSegment.parse(name.substring(0, 24), course.segmentSize())
                        .start();
            }
        }
        return null;
    }
}
