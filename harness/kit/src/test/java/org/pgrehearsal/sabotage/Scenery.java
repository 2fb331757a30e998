package org.pgrehearsal.sabotage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Compression;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalSegment;

/** Small backups that are laid out as the real ones are. */
final class Scenery {
    static final int SEGMENT = 1 << 20;
    static final int WRITTEN = 5 * 8192 + 700;
    static final String LABEL = "20261121-112356F";
    static final String BACKREST = "backup/main/" + LABEL + "/";
    static final String BARMAN = "pg/base/20261121T112356/";
    static final String DUMP = "dump-1/";

    private static final Pattern ANY_SEGMENT = Pattern.compile("([0-9A-F]{24})(-[0-9a-f]{40})?(\\.[a-z0-9]+)?");
    private static final Pattern ANY_HISTORY = Pattern.compile("([0-9A-F]{8}\\.history)(\\.gz)?");

    private Scenery() {}

    /** Knows a WAL file by the last part of its key, and how it is stored by the end of that. */
    private record ByName() implements ArchiveLayout {
        @Override
        public Optional<String> walFile(String key) {
            String last = key.substring(key.lastIndexOf('/') + 1);
            for (Pattern form : List.of(ANY_SEGMENT, ANY_HISTORY)) {
                Matcher matcher = form.matcher(last);
                if (matcher.matches()) {
                    return Optional.of(matcher.group(1));
                }
            }
            return Optional.empty();
        }

        @Override
        public boolean isBackup(String key) {
            return key.contains("backup/main/2") || key.contains("/base/") || key.startsWith(DUMP);
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

    static WalSegment segment(long number) {
        return new WalSegment(TimelineId.FIRST, number, SEGMENT);
    }

    /** Six pages of records, the rest zeros, as after a switch. */
    static byte[] wal(long number) {
        byte[] content = new byte[SEGMENT];
        byte[] written = new byte[WRITTEN];
        new Random(number).nextBytes(written);
        System.arraycopy(written, 0, content, 0, WRITTEN);
        return content;
    }

    private static void put(Bucket bucket, String key, byte[] content) throws IOException {
        bucket.write(key, Compression.of(key).compress(content));
    }

    private static void text(Bucket bucket, String key, String content) {
        bucket.write(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] pages(int count, long seed) {
        byte[] content = new byte[count * 8192];
        new Random(seed).nextBytes(content);
        return content;
    }

    static String walKey(String system, long number) {
        String name = segment(number).name();
        return system.equals("pgbackrest")
                ? "archive/main/15-1/" + name.substring(0, 16) + "/" + name + "-" + "ab".repeat(20) + ".lz4"
                : "pg/wals/" + name.substring(0, 16) + "/" + name + ".gz";
    }

    private static Scene physical(MemoryBucket bucket, String label) {
        return new Scene(
                bucket,
                new ByName(),
                new Backup.Physical(
                        label,
                        BackupKind.FULL,
                        TimelineId.FIRST,
                        segment(4).start().plus(40),
                        segment(5).start().plus(256),
                        Instant.EPOCH,
                        Duration.ofSeconds(1)),
                List.of(4L, 5L, 6L, 7L, 8L, 9L, 10L).stream()
                        .map(Scenery::segment)
                        .toList(),
                position -> Optional.of(position.plus(100)),
                Map.of(
                        "backup/main/backup.info", "[db]\n".getBytes(StandardCharsets.UTF_8),
                        "backup/main/backup.info.copy", "[db]\n".getBytes(StandardCharsets.UTF_8)),
                () -> wal(99),
                7);
    }

    private static void archive(MemoryBucket bucket, String system, String history) throws IOException {
        for (long number = 3; number <= 10; number++) {
            put(bucket, walKey(system, number), wal(number));
        }
        String fork = segment(9).start().plus(0x1234).toString();
        put(bucket, history, ("1\t" + fork + "\tno recovery target specified\n").getBytes(StandardCharsets.UTF_8));
    }

    static Scene pgBackRest() throws IOException {
        MemoryBucket bucket = new MemoryBucket();
        archive(bucket, "pgbackrest", "archive/main/15-1/00000002.history");
        put(bucket, BACKREST + "pg_data/base/5/1249.lz4", pages(4, 1));
        put(bucket, BACKREST + "pg_data/base/5/16384.lz4", pages(9, 2));
        put(bucket, BACKREST + "pg_data/global/pg_control.lz4", pages(20, 3));
        put(bucket, "backup/main/20261120-000000F/pg_data/base/5/16384.lz4", pages(2, 3));
        for (String twin : List.of("", ".copy")) {
            text(
                    bucket,
                    BACKREST + "backup.manifest" + twin,
                    "[target:file]\npg_data/base/5/1249={\"checksum\":\"2f00\",\"size\":32768}\n");
            text(bucket, "backup/main/20261120-000000F/backup.manifest" + twin, "[target:file]\n");
            text(bucket, "backup/main/backup.info" + twin, "[backup:current]\n" + LABEL + "={}\n");
            text(bucket, "archive/main/archive.info" + twin, "[db]\n");
        }
        return physical(bucket, LABEL);
    }

    static Scene barman() throws IOException {
        MemoryBucket bucket = new MemoryBucket();
        archive(bucket, "barman", "pg/wals/00000002.history.gz");
        text(bucket, BARMAN + "backup.info", "status=DONE\ntablespaces=None\ntimeline=1\n");
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
            entry(out, "PG_VERSION", "15\n".getBytes(StandardCharsets.UTF_8));
            entry(out, "base/5/1249", pages(4, 1));
            entry(out, "base/5/16384", pages(9, 2));
            entry(out, "global/pg_control", pages(20, 3));
        }
        bucket.write(BARMAN + "data.tar", tar.toByteArray());
        return physical(bucket, "20261121T112356");
    }

    private static void entry(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    static Scene dump() {
        MemoryBucket bucket = new MemoryBucket();
        String digest = "0a".repeat(32);
        text(bucket, DUMP + "manifest.json", "{\"parts\":[{\"name\":\"app.dump\",\"sha256\":\"" + digest + "\"}]}");
        text(bucket, DUMP + "globals.sql", "CREATE ROLE app;\n");
        bucket.write(DUMP + "db/app.dump", pages(3, 5));
        text(bucket, DUMP + "db/app.sql", "COPY t FROM stdin;\n" + "100\tabc\n".repeat(500) + "\\.\n");
        return new Scene(
                bucket,
                new ByName(),
                new Backup.Logical(
                        "dump-1", BackupKind.FULL, 900, Set.of(), Lsn.parse("0/5000000"), Instant.EPOCH, Duration.ZERO),
                List.of(),
                Commits.unknown(),
                Map.of(),
                null,
                7);
    }
}
