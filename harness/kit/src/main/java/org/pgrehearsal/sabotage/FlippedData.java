package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.util.Optional;

/** One byte of the rows themselves is another. */
final class FlippedData extends Sabotage {
    private final boolean plain;

    FlippedData(String name, boolean plain) {
        super(name);
        this.plain = plain;
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        Anatomy anatomy = Anatomy.of(scene);
        if (plain && !(anatomy instanceof DumpAnatomy)) {
            return Optional.of("the system copies files and writes no plain dump");
        }
        return spot(scene, anatomy).isPresent()
                ? Optional.empty()
                : Optional.of("the backup holds no data file of a fit size");
    }

    private Optional<String> spot(Scene scene, Anatomy anatomy) {
        return plain && anatomy instanceof DumpAnatomy dump ? dump.plainFile(scene) : anatomy.dataFile(scene);
    }

    @Override
    Damage cut(Scene scene, Knife knife) throws IOException {
        Anatomy anatomy = Anatomy.of(scene);
        String key = spot(scene, anatomy).orElseThrow();
        String where = anatomy.flip(scene, knife, key);
        return knife.damage("a byte is flipped in " + where, anatomy.flippedSigns());
    }
}
