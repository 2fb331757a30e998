package org.pgrehearsal.target;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgrehearsal.wal.Lsn;

/** Where recovery is asked to stop. Each maps to one setting of PostgreSQL, which takes at most one of them. */
public sealed interface RecoveryTarget {
    /** The end of the archive. PostgreSQL calls this no target, and takes whatever the archive gives for its end. */
    record Latest() implements RecoveryTarget {}

    /** As soon as the backup is consistent: {@code recovery_target = 'immediate'}. */
    record Immediate() implements RecoveryTarget {}

    /**
     * A time, compared with the times in commit and abort records, to the microsecond.
     *
     * @param at        whole microseconds; PostgreSQL would round anything finer
     * @param inclusive whether a transaction that ended at that very time is in
     */
    record Time(Instant at, boolean inclusive) implements RecoveryTarget {
        public Time {
            if (!at.equals(at.truncatedTo(ChronoUnit.MICROS))) {
                throw new IllegalArgumentException("a target time has whole microseconds, not " + at);
            }
        }
    }

    /**
     * A position, compared with the start of every record.
     *
     * @param lsn       the position
     * @param inclusive whether the first record that starts there or later is applied too
     */
    record AtLsn(Lsn lsn, boolean inclusive) implements RecoveryTarget {}

    /**
     * The end of one transaction, by equality.
     *
     * @param xid       its number, 3 or more; only the low 32 bits count, since the log has no epoch
     * @param inclusive whether that end is applied
     */
    record Xid(long xid, boolean inclusive) implements RecoveryTarget {
        private static final long FIRST_NORMAL = 3;

        public Xid {
            if (xid < FIRST_NORMAL) {
                throw new IllegalArgumentException("a transaction number is 3 or more, not " + xid);
            }
        }
    }

    /** The first restore point of that name, 1 to 63 bytes. */
    record Name(String name) implements RecoveryTarget {
        public Name {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a restore point has a name");
            }
        }
    }

    /** The settings for this target, in PostgreSQL's own form; no action for {@link Latest}, where it would have no effect. */
    default Map<String, String> settings(TargetTimeline timeline, TargetAction action) {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (this) {
            case Latest _ -> {}
            case Immediate _ -> settings.put("recovery_target", "immediate");
            case Time(Instant at, boolean inclusive) -> {
                settings.put("recovery_target_time", Clock.print(at));
                settings.put("recovery_target_inclusive", onOff(inclusive));
            }
            case AtLsn(Lsn lsn, boolean inclusive) -> {
                settings.put("recovery_target_lsn", lsn.toString());
                settings.put("recovery_target_inclusive", onOff(inclusive));
            }
            case Xid(long xid, boolean inclusive) -> {
                settings.put("recovery_target_xid", Long.toString(xid));
                settings.put("recovery_target_inclusive", onOff(inclusive));
            }
            case Name(String name) -> settings.put("recovery_target_name", name);
        }
        settings.put("recovery_target_timeline", timeline.setting());
        if (!(this instanceof Latest)) {
            settings.put("recovery_target_action", action.setting());
        }
        return Map.copyOf(settings);
    }

    /** A short name for reports, such as {@code before LSN 0/3000158}. */
    default String label() {
        return switch (this) {
            case Latest _ -> "latest";
            case Immediate _ -> "immediate";
            case Time(Instant at, boolean inclusive) -> (inclusive ? "up to " : "before ") + Clock.print(at);
            case AtLsn(Lsn lsn, boolean inclusive) -> (inclusive ? "through LSN " : "before LSN ") + lsn;
            case Xid(long xid, boolean inclusive) -> (inclusive ? "through xid " : "before xid ") + xid;
            case Name(String name) -> "restore point " + name;
        };
    }

    private static String onOff(boolean value) {
        return value ? "on" : "off";
    }
}
