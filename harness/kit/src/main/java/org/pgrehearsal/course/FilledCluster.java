package org.pgrehearsal.course;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;

/**
 * A stopped cluster with the ledger's tables and pgbench's, filled when it is first asked for: every source of a run begins as a copy of it, so
 * that it is filled once. The sources share its system identifier; what tells their rows apart is the run in each.
 */
public final class FilledCluster {
    private static final Duration COPY = Duration.ofMinutes(10);

    private final LocalPlatform platform;
    private final Size size;
    private @Nullable Path data;

    public FilledCluster(LocalPlatform platform, Size size) {
        this.platform = platform;
        this.size = size;
    }

    /** Makes the files of a cluster that is not there yet. */
    void copyTo(PostgresCluster cluster) throws SQLException {
        Runner runner = cluster.runner();
        Path filled = data(runner);
        runner.run(Command.of("mkdir", "--parents", cluster.home())).orFail();
        runner.run(Command.of("cp", "--archive", "--reflink=auto", "--no-target-directory", filled, cluster.data())
                        .within(COPY))
                .orFail();
    }

    private synchronized Path data(Runner runner) throws SQLException {
        if (data == null) {
            PostgresCluster cluster = platform.cluster(runner);
            SourceServer.fill(cluster, size, size.writerNumbers());
            data = cluster.data();
        }
        return data;
    }
}
