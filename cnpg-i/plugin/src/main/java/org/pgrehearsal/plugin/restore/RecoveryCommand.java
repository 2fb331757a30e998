package org.pgrehearsal.plugin.restore;

import org.pgrehearsal.plugin.pgbackrest.Place;

/**
 * restore_command for a recovery job. CloudNativePG's program ends with 1 whether a file is absent or the repository cannot be read, and to
 * PostgreSQL that is the end of the archive. So the mark of {@link org.pgrehearsal.plugin.wal.WalFetcher} decides: with it the file is absent; without
 * it the command ends with 255, and PostgreSQL aborts recovery instead of promoting a database that is short.
 */
final class RecoveryCommand {
    private RecoveryCommand() {}

    static String configuration(Place place) {
        return "recovery_target_action = 'promote'\nrestore_command = '" + command(place) + "'\n";
    }

    private static String command(Place place) {
        return "/controller/manager wal-restore --log-destination /controller/log/postgres.json %f %p" + " || { rm "
                + place.absent() + "/%f && exit 1; exit 255; }";
    }
}
