package org.pgrehearsal.restore;

import java.io.IOException;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.system.ServerConfig;

/** What is done between the restore of the files and the start of the server. */
@FunctionalInterface
public interface Preparation {
    /**
     * Looks at the restored files, perhaps changes some.
     *
     * @param restored what the backup system wants the server to be started with
     * @return what it is started with
     */
    ServerConfig prepare(PostgresCluster cluster, ServerConfig restored) throws IOException;
}
