package org.pgrehearsal.sabotage;

import static org.pgrehearsal.sabotage.Outcome.By.ENGINE;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An index over all backups, or over the archive, is gone or out of date; the backup itself is whole. Twins are cut alike. */
final class SpoiledIndex extends Sabotage {
    enum Way {
        BACKUPS_MISSING,
        BACKUPS_OLDER,
        ARCHIVE_MISSING
    }

    /** The same words whether the index is missing or only older (seen with pgBackRest 2.45); the plugin for CloudNativePG looks for itself. */
    private static final Expected BACKUP_NOT_LISTED = Expected.anyOf(
            Sign.Refusal.by(ENGINE, "backup set .* is not valid|no backup sets? to restore|holds no backup called"));

    /** Who does not take this for the end of the archive does not begin without it, and says so. */
    private static final Sign ARCHIVE_NOT_READABLE = Sign.Refusal.by(ENGINE, "archive\\.info");

    private final Way way;

    SpoiledIndex(String name, Way way) {
        super(name);
        this.way = way;
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        if (index(scene).isEmpty()) {
            return Optional.of("the system keeps no such index");
        }
        return way == Way.BACKUPS_OLDER && !index(scene).stream().allMatch(key -> differedEarlier(scene, key))
                ? Optional.of("there is no other index from before the backup")
                : Optional.empty();
    }

    private List<String> index(Scene scene) {
        Anatomy anatomy = Anatomy.of(scene);
        return switch (way) {
            case BACKUPS_MISSING, BACKUPS_OLDER -> anatomy.backupIndex(scene);
            case ARCHIVE_MISSING -> anatomy.archiveIndex(scene);
        };
    }

    private static boolean differedEarlier(Scene scene, String key) {
        byte[] earlier = scene.earlierIndexes().get(key);
        return earlier != null && !Arrays.equals(earlier, scene.copy().read(key));
    }

    @Override
    Damage cut(Scene scene, Knife knife) {
        List<String> keys = index(scene);
        String names = String.join(" and ", keys);
        return switch (way) {
            case BACKUPS_MISSING -> {
                knife.remove(keys);
                yield knife.damage(names + ": missing", BACKUP_NOT_LISTED);
            }
            case BACKUPS_OLDER -> {
                for (String key : keys) {
                    knife.write(
                            key, Objects.requireNonNull(scene.earlierIndexes().get(key), key));
                }
                yield knife.damage(names + ": as they were before the backup", BACKUP_NOT_LISTED);
            }
            case ARCHIVE_MISSING -> {
                knife.remove(keys);
                // the engine cannot deliver a single segment, from the backup's first one on
                yield knife.damage(
                        names + ": missing",
                        WalSigns.endsIn(scene, scene.needed().getFirst(), ARCHIVE_NOT_READABLE));
            }
        };
    }
}
