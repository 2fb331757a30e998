package org.pgrehearsal.sabotage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What says what a backup consists of is gone, or says something else. Twins are cut alike. */
final class SpoiledManifest extends Sabotage {
    private final boolean altered;

    SpoiledManifest(String name, boolean altered) {
        super(name);
        this.altered = altered;
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        return Anatomy.of(scene).manifest(scene).isEmpty()
                ? Optional.of("the backup has no manifest")
                : Optional.empty();
    }

    @Override
    Damage cut(Scene scene, Knife knife) {
        Anatomy anatomy = Anatomy.of(scene);
        List<String> keys = anatomy.manifest(scene);
        if (!altered) {
            knife.remove(keys);
            return knife.damage(String.join(" and ", keys) + ": missing", anatomy.manifestMissingSigns());
        }
        for (String key : keys) {
            String manifest = new String(scene.copy().read(key), StandardCharsets.UTF_8);
            knife.write(key, anatomy.alter(manifest).getBytes(StandardCharsets.UTF_8));
        }
        return knife.damage(String.join(" and ", keys) + ": altered", anatomy.manifestAlteredSigns());
    }
}
