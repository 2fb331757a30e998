package org.pgrehearsal.plugin.pgbackrest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgrehearsal.plugin.Refusal;

/**
 * What a failed command of pgBackRest comes to for CloudNativePG.
 *
 * @param command the command of pgBackRest
 * @param exit    its exit code
 * @param error   what it said, without secrets
 */
public record Failure(String command, int exit, String error) {
    private static final int KEPT = 600;
    /** Of a request that a store refused, its content says why. */
    private static final Pattern HEADERS =
            Pattern.compile("\\| \\*\\*\\* Request Headers \\*\\*\\*:.*?(?=\\| \\*\\*\\* Response Content|$)");

    private static final Pattern LOG_PREFIX =
            Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+ P\\d+\\s+)?(ERROR|WARN|INFO): ?");

    /** A sign in the error, and what to do about it. A repository that is not reachable, or answers nonsense, may come back by itself. */
    private enum Cause {
        FOREIGN(
                "archivemismatcherror|[044]",
                "the repository belongs to another PostgreSQL cluster: give this cluster a path or a stanza of its own",
                false),
        DUPLICATE(
                "archiveduplicateerror|[045]",
                "another file of this name is already in the repository: two clusters write to one path, or an old one of the same origin does; give each a path or a stanza of its own",
                false),
        PASSPHRASE(
                "cryptoerror|formaterror|[095]",
                "the repository cannot be read or decrypted: check cipher-type and the key cipher-pass in its Secret",
                false),
        ACCESS(
                "accessdenied|invalidaccesskeyid|signaturedoesnotmatch|expiredtoken|[403]| 403 ",
                "the store refuses the credentials: check the keys in the repository's Secret and what they may do in the bucket",
                true),
        BUCKET("nosuchbucket", "create the bucket, or correct s3-bucket", true),
        REGION(
                "authorizationheadermalformed|permanentredirect|is wrong; expecting",
                "correct s3-region or s3-endpoint",
                true),
        CERTIFICATE(
                "unable to verify certificate|certificate verify failed|unable to find hostname",
                "the store's certificate is not trusted: put its authority as ca.crt into a Secret and name that in ca-secret",
                true),
        CLOCK("requesttimetooskewed", "set this node's clock", true),
        FULL(
                "no space left|quotaexceeded|xminiostoragefull|insufficientstorage",
                "the repository is full: make room or shorten the retention",
                true),
        LOCKED("[050]", "another pgBackRest command works on this stanza: wait for it to end", true),
        STANDBY(
                "[056]",
                "pgBackRest found no primary at PostgreSQL's socket: backups are taken on the primary, set target: primary",
                true);

        /** In lower case, with a bar between them. */
        private final String signs;

        private final String remedy;
        private final boolean mayPass;

        Cause(String signs, String remedy, boolean mayPass) {
            this.signs = signs;
            this.remedy = remedy;
            this.mayPass = mayPass;
        }

        static Optional<Cause> of(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            for (Cause cause : values()) {
                if (Stream.of(cause.signs.split("\\|")).anyMatch(lower::contains)) {
                    return Optional.of(cause);
                }
            }
            return Optional.empty();
        }
    }

    static Failure of(String command, int exit, String standardError) {
        String text = standardError
                .lines()
                .map(line -> LOG_PREFIX.matcher(line.strip()).replaceFirst(""))
                .filter(line -> !line.startsWith("HINT"))
                .reduce((a, b) -> a + " | " + b)
                .orElse("it said nothing")
                .replaceAll("[^\\x20-\\x7e]", "?");
        return new Failure(command, exit, HEADERS.matcher(text).replaceAll(""));
    }

    /** The same for CloudNativePG. */
    public Refusal refusal() {
        String kept = error.length() > KEPT ? error.substring(0, KEPT) + "…" : error;
        String what = "pgbackrest " + command + " failed (exit " + exit + "): " + kept;
        // wrong usage and wrong options: 25 to 37 are about what we asked, not about the repository
        if (exit >= 30 && exit <= 37) {
            return Refusal.badRequest(what + "; correct the plugin's parameters");
        }
        return Cause.of(error)
                .map(cause -> cause.mayPass
                        ? Refusal.unavailable(what + "; " + cause.remedy)
                        : Refusal.precondition(what + "; " + cause.remedy))
                .orElseGet(() -> Refusal.unavailable(what));
    }
}
