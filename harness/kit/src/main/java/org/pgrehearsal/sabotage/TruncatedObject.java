package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import org.pgrehearsal.store.StoredObject;

/** The end of the largest object is cut off, as by an upload that broke off and was taken for whole. */
final class TruncatedObject extends Sabotage {
    private static final int KEPT_PERCENT = 60;

    TruncatedObject() {
        super("the largest object of the backup is truncated");
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        return largest(scene).isPresent()
                ? Optional.empty()
                : Optional.of("the backup holds no object that could be cut");
    }

    private static Optional<StoredObject> largest(Scene scene) {
        return scene.backupObjects().stream()
                .filter(stored -> stored.size() > 1)
                .max(Comparator.comparingLong(StoredObject::size));
    }

    @Override
    Damage cut(Scene scene, Knife knife) throws IOException {
        StoredObject largest = largest(scene).orElseThrow();
        long kept = largest.size() * KEPT_PERCENT / 100;
        knife.truncate(largest.key(), kept);
        return knife.damage(
                largest.key() + " is cut from " + largest.size() + " to " + kept + " bytes",
                Anatomy.of(scene).truncatedSigns());
    }
}
