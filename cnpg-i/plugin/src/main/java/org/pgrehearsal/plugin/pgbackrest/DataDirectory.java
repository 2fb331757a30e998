package org.pgrehearsal.plugin.pgbackrest;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.pgrehearsal.plugin.Refusal;

/**
 * What the files of a data directory say about its cluster.
 *
 * @param path the data directory
 */
public record DataDirectory(Path path) {
    /** The number that initdb gave the cluster: the first field of the control file in every version. */
    public String systemIdentifier() {
        Path control = path.resolve("global/pg_control");
        try (InputStream in = Files.newInputStream(control)) {
            byte[] first = in.readNBytes(8);
            if (first.length == 8) {
                return Long.toUnsignedString(
                        ByteBuffer.wrap(first).order(ByteOrder.nativeOrder()).getLong());
            }
        } catch (IOException e) {
            throw Refusal.unavailable("cannot read " + control + ": " + e);
        }
        throw Refusal.unavailable(control + " is shorter than 8 bytes");
    }

    /** PostgreSQL's major version. */
    public int majorVersion() {
        Path file = path.resolve("PG_VERSION");
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            throw Refusal.unavailable("cannot read " + file + ": " + e);
        }
    }

    /** The size of a segment, as the files in {@code pg_wal} have it; empty if there is none. */
    public OptionalLong segmentSize() {
        try (Stream<Path> files = Files.list(path.resolve("pg_wal"))) {
            return files.filter(file -> WalName.isSegment(String.valueOf(file.getFileName())))
                    .mapToLong(file -> file.toFile().length())
                    .filter(size -> Long.bitCount(size) == 1 && size >= 1 << 20)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** How many files wait to be archived. */
    public long waiting() {
        return ready().size();
    }

    /** For how long the file has waited that waits the longest; zero if none does. */
    public Duration longestWait(Instant now) {
        return ready().stream()
                .map(File::lastModified)
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(Instant.ofEpochMilli(since), now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private List<File> ready() {
        try (Stream<Path> files = Files.list(path.resolve("pg_wal/archive_status"))) {
            return files.filter(file -> file.toString().endsWith(".ready"))
                    .map(Path::toFile)
                    .toList();
        } catch (IOException e) {
            throw Refusal.unavailable("cannot list pg_wal/archive_status: " + e);
        }
    }
}
