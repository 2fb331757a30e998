package org.pgrehearsal.drills;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;

/**
 * Lets the plugin's retention of one day expire the first of two backups. A day cannot be waited for: what {@code backup.info} says of the time of
 * both is put back, of the first by three days and of the second by two, so that only the second reaches over the whole window.
 */
final class Retention {
    private static final Duration NOTICE = Duration.ofMinutes(3);
    private static final int FIRST = 3;
    private static final int SECOND = 2;
    private static final Pattern TIME = Pattern.compile("(?m)^((?:begin|end)_time(?:_iso)?=)(\\d{4}-\\d{2}-\\d{2})");

    private Retention() {}

    /** What is left of a course with two backups when the first is gone. */
    static Course expire(Course course, CnpgDatabase database, ArchiveLayout layout) {
        Bucket bucket = course.site().bucket();
        Backup.Physical first = (Backup.Physical) course.backups().getFirst();
        Backup.Physical second = (Backup.Physical) course.backups().getLast();
        age(bucket, second, SECOND);
        age(bucket, first, FIRST);
        Sidecar.end(database); // it looks for what has expired when it starts, and then every half hour
        Waiting.on("the expired backup " + first.label() + " to be gone from the store", NOTICE)
                .every(Duration.ofMillis(500))
                .until(() -> objects(bucket, first).size(), left -> left == 0);
        Waiting.on("the Backup of the expired backup " + first.label() + " to be removed", NOTICE)
                .every(Duration.ofMillis(500))
                .until(() -> backups(database), labels -> !labels.contains(first.label()));
        if (!backups(database).contains(second.label())) {
            throw new Doubt("the Backup that must be kept is not there");
        }
        ArchiveReader.Listing left = ArchiveReader.list(bucket, layout);
        return course.without(first, left.segments(), bucket.inventory());
    }

    private static List<String> backups(CnpgDatabase database) {
        return database.place().list(Cnpg.BACKUP, Map.of()).stream()
                .map(backup -> Cnpg.text(backup, "status", "backupId"))
                .toList();
    }

    private static List<String> objects(Bucket bucket, Backup backup) {
        return bucket.list("").stream()
                .map(StoredObject::key)
                .filter(key -> key.contains("/base/" + backup.label() + "/"))
                .toList();
    }

    private static void age(Bucket bucket, Backup backup, int days) {
        String key = objects(bucket, backup).stream()
                .filter(object -> object.endsWith("/backup.info"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the store has no backup.info of " + backup.label()));
        bucket.write(key, aged(new String(bucket.read(key), UTF_8), days).getBytes(UTF_8));
    }

    /** The text of a {@code backup.info}, its times put back. */
    static String aged(String info, int days) {
        Matcher times = TIME.matcher(info);
        if (!times.find()) {
            throw new IllegalStateException("backup.info says no time");
        }
        return times.replaceAll(
                time -> time.group(1) + LocalDate.parse(time.group(2)).minusDays(days));
    }
}
