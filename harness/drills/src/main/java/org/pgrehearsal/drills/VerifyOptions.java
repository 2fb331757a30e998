package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to verify.
 *
 * @param reports  where run folders go
 * @param work     where the restored cluster is made; the run makes a directory of its own in it
 * @param store    where the repository is
 * @param system   the backup system by name
 * @param server   what the source is called in the repository
 * @param backup   the backup's label; null for the latest
 * @param user     a superuser of the source
 * @param settings of the restored server, which win over all others
 * @param patience how long each long step may take
 * @param keep     whether the work directory stays
 * @param command  how to run the same again, for the report
 */
public record VerifyOptions(
        Path reports,
        Path work,
        StoreChoice.External store,
        String system,
        String server,
        @Nullable String backup,
        String user,
        Map<String, String> settings,
        Duration patience,
        boolean keep,
        String command) {
    public VerifyOptions {
        settings = Map.copyOf(settings);
    }
}
