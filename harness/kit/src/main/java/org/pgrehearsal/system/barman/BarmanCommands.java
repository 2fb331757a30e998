package org.pgrehearsal.system.barman;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.Terms;

/**
 * The command lines of barman-cloud and the environment that goes with them. Credentials are in the environment only.
 *
 * @param bin   the directory with the programs
 * @param terms the server's name in the bucket, and how patient to be
 */
record BarmanCommands(Path bin, Terms terms) {
    /** A store that accepts and then says nothing costs this long twice. */
    static final Terms DRILL = Terms.ofDrills(Duration.ofSeconds(5));

    BarmanCommands(Path bin) {
        this(bin, DRILL);
    }

    /** A program with the options that say where the store is, then its own arguments. */
    List<String> line(String program, Site site, List<String> options, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(
                bin.resolve(program).toString(),
                "--cloud-provider=aws-s3",
                "--endpoint-url=" + site.access().endpoint(),
                "--addressing-style=path",
                "--read-timeout=" + terms.silence().toSeconds()));
        argv.addAll(options);
        argv.add(("s3://" + site.bucket().name() + "/" + site.bucket().prefix()).replaceAll("/$", ""));
        argv.add(terms.server());
        argv.addAll(List.of(arguments));
        return argv;
    }

    /** The value of {@code archive_command}. */
    String archiveCommand(Site site) {
        // the store is near and the cores are few
        return forShell(line("barman-cloud-wal-archive", site, List.of("--gzip", "--compression-level=1"))) + " %p";
    }

    /**
     * The value of {@code restore_command}. Without a spool of its own the program would deliver whatever lies in the machine's
     * {@code /var/tmp/walrestore} under the same name, even if nothing is fetched ahead.
     */
    String restoreCommand(Site site, Path spool) {
        return forShell(line("barman-cloud-wal-restore", site, List.of("--spool-dir=" + spool))) + " %f %p";
    }

    Map<String, String> environment(Site site) {
        S3Access access = site.access();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", access.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", access.secretKey());
        environment.put("AWS_DEFAULT_REGION", access.region());
        Path authority = access.caCertificate();
        if (authority != null) {
            environment.put("AWS_CA_BUNDLE", authority.toString());
        }
        // checksums in trailers are newer than most stores that are not Amazon's
        environment.put("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required");
        environment.put("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required");
        environment.put("AWS_RETRY_MODE", "standard");
        environment.put("AWS_MAX_ATTEMPTS", "2");
        // nothing of the user's own settings
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    /** Each word in quotation marks; a percent sign is doubled, since PostgreSQL reads {@code %p} and the like. */
    private static String forShell(List<String> argv) {
        return argv.stream()
                .map(word -> "'" + word.replace("'", "'\\''").replace("%", "%%") + "'")
                .collect(Collectors.joining(" "));
    }
}
