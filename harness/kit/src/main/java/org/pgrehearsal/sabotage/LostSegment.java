package org.pgrehearsal.sabotage;

import java.util.List;
import java.util.Optional;
import org.pgrehearsal.wal.WalSegment;

/** A segment is not in the archive any more. */
final class LostSegment extends Sabotage {
    enum Place {
        BACKUP_BEGIN,
        AFTER_BACKUP,
        MIDDLE,
        LAST
    }

    private final Place place;

    LostSegment(String name, Place place) {
        super(name);
        this.place = place;
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        if (scene.needed().isEmpty()) {
            return Optional.of("the system archives no WAL");
        }
        return choose(scene).isPresent() ? Optional.empty() : Optional.of("there are too few WAL segments");
    }

    private Optional<WalSegment> choose(Scene scene) {
        List<WalSegment> after = scene.afterBackup();
        return switch (place) {
            case BACKUP_BEGIN -> Optional.of(scene.needed().getFirst());
            case AFTER_BACKUP -> after.stream().findFirst();
            case MIDDLE -> scene.middle();
            case LAST -> Optional.of(scene.needed().getLast());
        };
    }

    @Override
    Damage cut(Scene scene, Knife knife) {
        WalSegment segment = choose(scene).orElseThrow();
        List<String> keys = scene.keysOf(segment.name());
        knife.remove(keys);
        return knife.damage("WAL segment " + segment + " is missing", WalSigns.endsIn(scene, segment));
    }
}
