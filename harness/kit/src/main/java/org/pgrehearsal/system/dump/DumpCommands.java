package org.pgrehearsal.system.dump;

import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;

/** The command lines of PostgreSQL's dump programs. They come in through the socket, so no password is needed. */
record DumpCommands(PostgresCluster cluster) {
    /** The one database of a new cluster that a dump brings along too: everything else is created. */
    private static final String EXISTING = "postgres";

    Command globals() {
        return command("pg_dumpall", List.of("--globals-only"));
    }

    Command dump(String database, String snapshot, DumpFormat format) {
        List<String> options = new ArrayList<>(List.of("--snapshot=" + snapshot, "--lock-wait-timeout=30s"));
        switch (format) {
            // the store is near and the cores are few
            case CUSTOM -> options.addAll(List.of("--format=custom", "--compress=1"));
            case PLAIN -> {
                options.add("--format=plain");
                if (!database.equals(EXISTING)) {
                    options.add("--create");
                }
            }
        }
        options.add("--dbname=" + named(database));
        return command("pg_dump", options);
    }

    Command restore(String database, DumpFormat format) {
        return switch (format) {
            case CUSTOM -> {
                List<String> options = new ArrayList<>(List.of("--exit-on-error", "--dbname=" + EXISTING));
                if (!database.equals(EXISTING)) {
                    options.add("--create");
                }
                yield command("pg_restore", options);
            }
            case PLAIN -> script();
        };
    }

    /** Runs SQL from standard input, and stops at the first error. */
    Command script() {
        return command(
                "psql",
                List.of(
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--output=/dev/null",
                        "--dbname=" + EXISTING));
    }

    private Command command(String program, List<String> options) {
        List<String> argv = new ArrayList<>(List.of(
                cluster.tools().tool(program).toString(),
                "--host=" + cluster.socket(),
                "--port=" + cluster.port(),
                "--username=" + PostgresCluster.USER,
                "--no-password"));
        argv.addAll(options);
        return Command.of(argv);
    }

    /** As a connection string, since a bare name with an equals sign in it would be read as one. */
    private static String named(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
