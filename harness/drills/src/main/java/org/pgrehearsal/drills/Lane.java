package org.pgrehearsal.drills;

import org.pgrehearsal.course.Course;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.RestoreOrder;

/** Everything of a run that belongs to one backup system: its sources, which many drills share, are made when a drill first asks for one. */
interface Lane {
    /** Which of a backup's forms is restored. */
    enum Form {
        /** The usual one. */
        USUAL,
        /** The text of a dump. */
        PLAIN,
        /** The usual one, which then follows the archive to its end and is promoted there. */
        REPLICA
    }

    BackupSystem system();

    default String name() {
        return system().name();
    }

    /** A source that was backed up while its writers ran. */
    Course course();

    /**
     * A source that was restored to a point in the middle, promoted, written to and backed up again, in a copy of the archive. Its first backup is the
     * one from before the fork.
     */
    Course forked();

    /** A source with a full, a differential and an incremental backup, archived in the background. */
    Course chained();

    /** An empty bucket for this lane. */
    Bucket newBucket();

    /** A copy of a course's bucket. */
    default Bucket copyOf(Course original) {
        Bucket copy = newBucket();
        original.site().bucket().copyTo(copy);
        return copy;
    }

    /**
     * Restores in a place of the drill's own. When the drill ends, what the place has to say is kept in the drill's folder, and the place is given up.
     *
     * @param bucket what to restore from
     * @param gate   the only way there
     */
    Attempt restore(Drill drill, Form form, RestoreOrder order, Bucket bucket, Gate gate) throws Exception;

    /** The first segment that another cluster wrote: a real one, with another system identifier. */
    byte[] foreignSegment(Drill drill);
}
