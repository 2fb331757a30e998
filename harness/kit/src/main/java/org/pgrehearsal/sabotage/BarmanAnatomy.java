package org.pgrehearsal.sabotage;

import static org.pgrehearsal.sabotage.Outcome.By.ENGINE;
import static org.pgrehearsal.sabotage.Outcome.By.SERVER;
import static org.pgrehearsal.verdict.Anomaly.ALTERED;
import static org.pgrehearsal.verdict.Anomaly.BACKUP_INCOMPLETE;
import static org.pgrehearsal.verdict.Anomaly.DUPLICATE;
import static org.pgrehearsal.verdict.Anomaly.HOLE;
import static org.pgrehearsal.verdict.Anomaly.OBJECTS_DIFFER;
import static org.pgrehearsal.verdict.Anomaly.PAGE_DAMAGED;
import static org.pgrehearsal.verdict.Anomaly.TORN_TRANSACTION;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.Compression;

/**
 * barman-cloud stores a backup as tar files and one {@code backup.info}; it checks no content when it restores, so a damage in a data file is
 * for the server's page checksums and our checks to find.
 */
record BarmanAnatomy() implements Anatomy {
    private static final int PAGE = 8192;
    private static final Pattern DATA = Pattern.compile("/data\\.tar(\\.\\w+)?$");
    private static final Pattern FILE = Pattern.compile("(\\./)?base/\\d+/\\d+(\\.\\d+)?");

    @Override
    public List<String> manifest(Scene scene) {
        return scene.backupObjects().stream()
                .map(StoredObject::key)
                .filter(key -> key.endsWith("/backup.info"))
                .toList();
    }

    /**
     * Tells of a tablespace that the backup does not hold. Most of this file is only for the reader: barman-cloud-restore goes by the list of
     * tablespaces and by nothing else that could be altered here with any effect.
     */
    @Override
    public String alter(String manifest) {
        return manifest.replaceFirst("(?m)^tablespaces=.*$", "tablespaces=[('elsewhere', 99999, '/elsewhere')]");
    }

    @Override
    public List<String> backupIndex(Scene scene) {
        return List.of();
    }

    @Override
    public List<String> archiveIndex(Scene scene) {
        return List.of();
    }

    @Override
    public Optional<String> dataFile(Scene scene) {
        return scene.backupObjects().stream()
                .map(StoredObject::key)
                .filter(key -> DATA.matcher(key).find())
                .findFirst();
    }

    @Override
    public String flip(Scene scene, Knife knife, String key) throws IOException {
        Place place = largestRelation(scene, key);
        if (place == null) {
            throw new IOException(key + " holds no relation file");
        }
        // in the last quarter of a page are rows; the largest relation is one that replay does not rewrite and so heal
        long page = place.size() / PAGE / 2 * PAGE;
        long within =
                page + Math.min(PAGE, place.size()) * 3 / 4 + scene.chance().nextInt(64);
        knife.flipContent(key, place.offset() + within, 0xFF);
        return key + ", in " + place.name() + " at byte " + within;
    }

    private record Place(String name, long offset, long size) {}

    private static @Nullable Place largestRelation(Scene scene, String key) throws IOException {
        Place largest = null;
        try (InputStream in = scene.copy().open(key);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(Compression.of(key).decompress(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                boolean relation = FILE.matcher(entry.getName()).matches();
                if (relation && entry.getSize() >= PAGE && (largest == null || entry.getSize() > largest.size())) {
                    largest = new Place(entry.getName(), tar.getBytesRead(), entry.getSize());
                }
            }
        }
        return largest;
    }

    @Override
    public Expected flippedSigns() {
        return Expected.anyOf(
                Sign.Refusal.by(SERVER, "invalid page in block|page verification failed"),
                new Sign.Discovery(
                        Set.of(PAGE_DAMAGED, ALTERED),
                        Set.of(HOLE, TORN_TRANSACTION, DUPLICATE, OBJECTS_DIFFER),
                        null));
    }

    @Override
    public Expected truncatedSigns() {
        return Expected.anyOf(
                Sign.Refusal.by(ENGINE, "unexpected end of data|unexpected eof|truncated|end-of-stream|exception"),
                Sign.Refusal.by(SERVER, "pg_control|not a valid data directory|could not find the database system"),
                new Sign.Discovery(
                        Set.of(PAGE_DAMAGED, BACKUP_INCOMPLETE),
                        Set.of(ALTERED, HOLE, TORN_TRANSACTION, OBJECTS_DIFFER),
                        null));
    }

    @Override
    public Expected manifestMissingSigns() {
        return Expected.anyOf(Sign.Refusal.by(ENGINE, "does not exist|unknown backup|backup\\.info"));
    }

    @Override
    public Expected manifestAlteredSigns() {
        return Expected.anyOf(Sign.Refusal.by(ENGINE, "missing file"));
    }
}
