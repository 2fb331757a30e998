package org.pgrehearsal.system.pgbackrest;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Compression;

/**
 * pgBackRest's repository: {@code archive/<stanza>/<version>-1/<timeline and log>/<segment>-<sha1>[.lz4]}, history files one level up, and
 * {@code backup/<stanza>/<label>/…}.
 */
public final class PgBackRestLayout implements ArchiveLayout {
    private static final Pattern SEGMENT = Pattern.compile(
            "archive/[^/]+/[^/]+/[0-9A-F]{16}/([0-9A-F]{24}(?:\\.[0-9A-F]{8}\\.backup)?)(?:-[0-9a-f]{40})?(\\.[a-z0-9]+)?");
    private static final Pattern HISTORY = Pattern.compile("archive/[^/]+/[^/]+/([0-9A-F]{8}\\.history)");
    private static final Pattern BACKUP = Pattern.compile("backup/[^/]+/\\d{8}-\\d{6}F[^/]*/.*");

    @Override
    public Optional<String> walFile(String key) {
        for (Pattern form : new Pattern[] {SEGMENT, HISTORY}) {
            Matcher matcher = form.matcher(key);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isBackup(String key) {
        return BACKUP.matcher(key).matches();
    }

    @Override
    public byte[] decode(String key, byte[] stored) throws IOException {
        return Compression.of(key).decompress(stored);
    }

    @Override
    public byte[] encode(String key, byte[] content) throws IOException {
        return Compression.of(key).compress(content);
    }
}
