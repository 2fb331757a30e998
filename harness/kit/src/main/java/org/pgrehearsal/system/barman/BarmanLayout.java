package org.pgrehearsal.system.barman;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Compression;

/**
 * barman-cloud's objects: {@code <server>/wals/<timeline and log>/<segment>[.gz]}, history files one level up, and
 * {@code <server>/base/<id>/} with {@code backup.info} and one tar file or more.
 */
public final class BarmanLayout implements ArchiveLayout {
    private static final Pattern SEGMENT = Pattern.compile(
            "[^/]+/wals/[0-9A-F]{16}/([0-9A-F]{24}(?:\\.[0-9A-F]{8}\\.backup|\\.partial)?)(\\.[a-z0-9]+)?");
    private static final Pattern HISTORY = Pattern.compile("[^/]+/wals/([0-9A-F]{8}\\.history)(\\.[a-z0-9]+)?");
    private static final Pattern BACKUP = Pattern.compile("[^/]+/base/\\d{8}T\\d{6}/[^/]+");

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

    /** The key of the description of a backup. */
    static String description(String server, String label) {
        return server + "/base/" + label + "/backup.info";
    }
}
