package org.pgrehearsal.plugin.restore;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.function.Predicate;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;

/** The backup that a recovery target can be reached from: the latest that ended before it. */
final class BackupChoice {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private BackupChoice() {}

    /**
     * Chooses.
     *
     * @param target the fields of a Cluster's {@code recoveryTarget}
     */
    static RepositoryInfo.Backup choose(RepositoryInfo info, Map<String, String> target, String stanza) {
        String id = target.getOrDefault("backupID", "");
        Predicate<RepositoryInfo.Backup> fits = backup -> !backup.error();
        String where = "";
        if (!id.isEmpty()) {
            fits = fits.and(backup -> backup.label().equals(id));
            where = " called " + id;
        } else if (target.containsKey("targetTime")) {
            Instant time = time(target.get("targetTime"));
            // the last second of a backup is not before a target in that second
            fits = fits.and(backup -> backup.stop().isBefore(time));
            where = " that ended before " + target.get("targetTime");
        } else if (target.containsKey("targetLSN")) {
            long lsn = lsn(target.get("targetLSN"));
            fits = fits.and(backup -> Long.compareUnsigned(lsn(backup.lsnStop()), lsn) <= 0);
            where = " that ended before " + target.get("targetLSN");
        }
        String timeline = target.getOrDefault("targetTLI", "latest");
        if (timeline.matches("[0-9]+")) {
            int last = Integer.parseInt(timeline);
            fits = fits.and(backup -> backup.timeline() <= last);
            where += " on timeline " + timeline + " or before";
        }
        String wanted = where;
        return info.backups().stream()
                .filter(fits)
                .reduce((_, later) -> later)
                .orElseThrow(() -> Refusal.precondition("stanza " + stanza + " holds no backup" + wanted + " ("
                        + (info.backups().isEmpty()
                                ? "it holds none at all"
                                : "it holds " + info.backups().size() + ", from "
                                        + info.backups().getFirst().label() + " to "
                                        + info.backups().getLast().label())
                        + "): correct recoveryTarget or the source's parameters"));
    }

    /** A time as CloudNativePG takes it; without a zone it is UTC. */
    static Instant time(String text) {
        try {
            TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Refusal.badRequest("recoveryTarget.targetTime '" + text
                    + "' is not a time: write it as 2026-11-21T14:00:00Z (" + e.getMessage() + ")");
        }
    }

    /** An address in the log as a number. */
    static long lsn(String text) {
        if (!text.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            throw Refusal.badRequest("recoveryTarget.targetLSN '" + text + "' is not an address such as 0/3000028");
        }
        int slash = text.indexOf('/');
        return Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16);
    }
}
