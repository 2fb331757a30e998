package org.pgrehearsal.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/** Whether the pages and indexes of a restored cluster are sound, by PostgreSQL's own tools. */
final class Pages {
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final Pattern RELATIONS = Pattern.compile("(\\d+)/\\1 relations? \\(100%\\)");
    private static final Pattern BLOCKS = Pattern.compile("Blocks scanned: +(\\d+)");
    private static final Pattern BAD = Pattern.compile("Bad checksums: +(\\d+)");

    private Pages() {}

    /** How much is looked at beside the checksums. */
    enum Depth {
        /** The ledger's own tables and indexes. */
        LEDGER,
        /** Every table and index of the database. */
        EVERYTHING
    }

    /**
     * What a tool found.
     *
     * @param checked how many things it looked at
     * @param unit    of what
     */
    record Result(List<Finding> findings, String name, long checked, String unit) implements CheckResult {
        @Override
        public List<Measurement> measurements() {
            return List.of(new Measurement(name, checked, unit));
        }

        @Override
        public List<String> observations() {
            return List.of();
        }

        @Override
        public List<String> notCounted() {
            return checked > 0 || !findings.isEmpty() ? List.of() : List.of(name + ": nothing was looked at");
        }
    }

    /** Tables against their indexes and their own structure, with the server running. */
    static Result structure(PostgresCluster cluster, Depth depth) {
        return structure(
                cluster,
                LedgerSchema.DATABASE,
                depth == Depth.LEDGER ? List.of("--relation=dr_*") : List.of(),
                DEADLINE);
    }

    /** The same for any database with the extension amcheck. */
    static Result structure(PostgresCluster cluster, String database, List<String> options, Duration deadline) {
        List<String> argv = new ArrayList<>(List.of(
                cluster.tools().tool("pg_amcheck").toString(),
                "--host=" + cluster.socket(),
                "--port=" + cluster.port(),
                "--username=" + cluster.login().user(),
                "--heapallindexed",
                "--progress"));
        argv.addAll(options);
        argv.add(database);
        Finished finished = cluster.runner().run(Command.of(argv).within(deadline));
        long relations = last(RELATIONS, finished.err());
        List<String> said =
                finished.out().lines().filter(line -> !line.isBlank()).toList();
        if (finished.succeeded()) {
            return new Result(List.of(), "relations without damage", relations, "relations");
        }
        String what = said.isEmpty() ? finished.lastWords() : said.getFirst();
        return new Result(
                List.of(new Finding(
                        Anomaly.PAGE_DAMAGED,
                        Math.max(1, said.size()),
                        "pg_amcheck: " + what,
                        said.stream().limit(Finding.KEPT).toList())),
                "relations without damage",
                relations,
                "relations");
    }

    /** The checksum of every page, with the server stopped. */
    static Result checksums(PostgresCluster cluster) {
        return checksums(cluster, DEADLINE);
    }

    /** The same for a cluster of any size. */
    static Result checksums(PostgresCluster cluster, Duration deadline) {
        Finished finished = cluster.runner()
                .run(Command.of(cluster.tools().tool("pg_checksums"), "--check", "--pgdata=" + cluster.data())
                        .within(deadline));
        long blocks = last(BLOCKS, finished.out());
        long bad = last(BAD, finished.out());
        if (finished.succeeded() && bad == 0) {
            return new Result(List.of(), "pages with the right checksum", blocks, "pages");
        }
        List<String> said = finished.err().lines().limit(Finding.KEPT).toList();
        return new Result(
                List.of(new Finding(
                        Anomaly.PAGE_DAMAGED,
                        Math.max(1, bad),
                        "pg_checksums: " + (said.isEmpty() ? finished.lastWords() : said.getFirst()),
                        said)),
                "pages with the right checksum",
                blocks,
                "pages");
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
