package org.pgrehearsal.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;

/**
 * The pages of a cluster on this machine, by {@code pg_amcheck} and {@code pg_checksums}.
 *
 * @param deadline of each tool
 */
record ToolPages(PostgresCluster cluster, Duration deadline) implements Pages {
    private static final Pattern RELATIONS = Pattern.compile("(\\d+)/\\1 relations? \\(100%\\)");
    private static final Pattern BLOCKS = Pattern.compile("Blocks scanned: +(\\d+)");
    private static final Pattern BAD = Pattern.compile("Bad checksums: +(\\d+)");

    @Override
    public CheckResult structure(String database, Depth depth) {
        List<String> argv = new ArrayList<>(List.of(
                cluster.tools().tool("pg_amcheck").toString(),
                "--host=" + cluster.socket(),
                "--port=" + cluster.port(),
                "--username=" + cluster.login().user(),
                "--heapallindexed",
                "--progress"));
        if (depth == Depth.LEDGER) {
            argv.add("--relation=dr_*");
        }
        argv.add(database);
        Finished finished = cluster.runner().run(Command.of(argv).within(deadline));
        List<String> complaints = new ArrayList<>();
        if (!finished.succeeded()) {
            finished.out().lines().filter(line -> !line.isBlank()).forEach(complaints::add);
            if (complaints.isEmpty()) {
                complaints.add(finished.lastWords());
            }
        }
        return PagesResult.relations(last(RELATIONS, finished.err()), complaints, "pg_amcheck");
    }

    /** {@inheritDoc} The server is stopped: its files are read. */
    @Override
    public CheckResult checksums() {
        cluster.stop();
        Finished finished = cluster.runner()
                .run(Command.of(cluster.tools().tool("pg_checksums"), "--check", "--pgdata=" + cluster.data())
                        .within(deadline));
        long bad = last(BAD, finished.out());
        List<String> complaints = new ArrayList<>();
        if (!finished.succeeded() || bad > 0) {
            finished.err().lines().forEach(complaints::add);
            if (complaints.isEmpty()) {
                complaints.add(finished.lastWords());
            }
        }
        return PagesResult.pages(last(BLOCKS, finished.out()), bad, complaints, "pg_checksums");
    }

    private static long last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        long value = 0;
        while (matcher.find()) {
            value = Long.parseLong(matcher.group(1));
        }
        return value;
    }
}
