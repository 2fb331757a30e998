package org.pgrehearsal.sabotage;

import java.util.List;
import java.util.Optional;

/** One file of a dump is gone, and its manifest still names it. */
final class MissingDumpPart extends Sabotage {
    private final boolean globals;

    MissingDumpPart(String name, boolean globals) {
        super(name);
        this.globals = globals;
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        if (!(Anatomy.of(scene) instanceof DumpAnatomy dump)) {
            return Optional.of("the system copies files and writes no dump");
        }
        return part(scene, dump).isPresent() ? Optional.empty() : Optional.of("the dump has no such part");
    }

    private Optional<String> part(Scene scene, DumpAnatomy dump) {
        return globals ? dump.globals(scene) : dump.dataFile(scene).or(() -> dump.plainFile(scene));
    }

    @Override
    Damage cut(Scene scene, Knife knife) {
        DumpAnatomy dump = new DumpAnatomy();
        String key = part(scene, dump).orElseThrow();
        knife.remove(List.of(key));
        return knife.damage(key + " is missing", dump.partMissingSigns());
    }
}
