package org.pgrehearsal.system;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup in a repository that we did not fill, by the repository's own description.
 *
 * @param backup   what restores need to know
 * @param major    PostgreSQL's major version
 * @param systemId the source's system identifier; null if the repository does not say
 * @param ended    when it was done
 * @param archive  where the log lies that belongs to it
 * @param remarks  what the system itself has to say about it, one sentence each
 */
public record KeptBackup(
        Backup.Physical backup,
        int major,
        @Nullable Long systemId,
        Instant ended,
        ArchiveLayout archive,
        List<String> remarks) {
    public KeptBackup {
        remarks = List.copyOf(remarks);
    }
}
