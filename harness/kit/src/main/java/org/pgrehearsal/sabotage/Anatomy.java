package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.pgrehearsal.system.Backup;

/** Where the parts of a backup are, for one who wants to cut, and how each system shows the wound. One for each way of storing a backup. */
sealed interface Anatomy permits PgBackRestAnatomy, BarmanAnatomy, DumpAnatomy {
    /** By the shape of the backup, since a copy does not carry its system's name. */
    static Anatomy of(Scene scene) {
        if (scene.backup() instanceof Backup.Logical) {
            return new DumpAnatomy();
        }
        return scene.backupObjects().stream().anyMatch(stored -> stored.key().endsWith("/backup.manifest"))
                ? new PgBackRestAnatomy()
                : new BarmanAnatomy();
    }

    /** The objects that say what the backup consists of, with their twins. */
    List<String> manifest(Scene scene);

    /** The manifest with one plausible thing changed. */
    String alter(String manifest);

    /** The objects that list the backups of this system, with their twins; none if it keeps no such index. */
    List<String> backupIndex(Scene scene);

    /** The objects that describe the archive, with their twins; none if it keeps no such index. */
    List<String> archiveIndex(Scene scene);

    /** The object that holds the rows which a flipped byte should hit. */
    Optional<String> dataFile(Scene scene);

    /**
     * Flips a byte of the rows in such an object.
     *
     * @return where, for the reader
     */
    String flip(Scene scene, Knife knife, String key) throws IOException;

    Expected flippedSigns();

    Expected truncatedSigns();

    Expected manifestMissingSigns();

    Expected manifestAlteredSigns();
}
