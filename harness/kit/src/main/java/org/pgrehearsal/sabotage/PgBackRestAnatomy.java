package org.pgrehearsal.sabotage;

import static org.pgrehearsal.sabotage.Outcome.By.ENGINE;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgrehearsal.store.StoredObject;

/**
 * pgBackRest stores file by file, with a checksum of each in the manifest, and keeps a twin of the manifest and of each index. A damage that
 * spares the twin proves only that the twin works, so both are cut.
 */
record PgBackRestAnatomy() implements Anatomy {
    /** A file that is decoded in memory; well above the smallest relation worth flipping, well below a heap. */
    private static final long MOST = 4 << 20;

    private static final int PAGE = 8192;
    private static final Pattern FILE = Pattern.compile(".*/pg_data/base/\\d+/\\d+(\\.\\d+)?(\\.[a-z0-9]+)?");
    private static final Pattern CHECKSUM = Pattern.compile("(/base/\\d+/\\d+=\\{\"checksum\":\")([0-9a-f])");

    @Override
    public List<String> manifest(Scene scene) {
        return twins(scene, "/" + scene.backup().label() + "/backup.manifest");
    }

    @Override
    public String alter(String manifest) {
        Matcher matcher = CHECKSUM.matcher(manifest);
        return matcher.replaceFirst(found -> found.group(1) + (found.group(2).equals("0") ? "1" : "0"));
    }

    @Override
    public List<String> backupIndex(Scene scene) {
        return twins(scene, "/backup.info");
    }

    @Override
    public List<String> archiveIndex(Scene scene) {
        return twins(scene, "/archive.info");
    }

    private static List<String> twins(Scene scene, String end) {
        return scene.copy().list("").stream()
                .map(StoredObject::key)
                .filter(key -> Stream.of(end, end + ".copy").anyMatch(key::endsWith))
                .toList();
    }

    @Override
    public Optional<String> dataFile(Scene scene) {
        return scene.backupObjects().stream()
                .filter(stored -> FILE.matcher(stored.key()).matches() && stored.size() <= MOST)
                .max(Comparator.comparingLong(StoredObject::size))
                .map(StoredObject::key);
    }

    @Override
    public String flip(Scene scene, Knife knife, String key) throws IOException {
        int[] at = new int[1];
        knife.rewrite(key, content -> {
            at[0] = (content.length / PAGE / 2) * PAGE
                    + Math.min(PAGE, content.length) * 3 / 4
                    + scene.chance().nextInt(64);
            content[at[0]] ^= (byte) 0xFF;
            return content;
        });
        return key + " at byte " + at[0] + " of its content";
    }

    @Override
    public Expected flippedSigns() {
        return Expected.anyOf(Sign.Refusal.by(ENGINE, "error restoring .* does not match expected checksum"));
    }

    @Override
    public Expected truncatedSigns() {
        return Expected.anyOf(Sign.Refusal.by(
                ENGINE, "unexpected eof in compressed data|error restoring .* does not match expected checksum"));
    }

    @Override
    public Expected manifestMissingSigns() {
        return Expected.anyOf(Sign.Refusal.by(ENGINE, "unable to load backup manifest file"));
    }

    @Override
    public Expected manifestAlteredSigns() {
        return Expected.anyOf(
                Sign.Refusal.by(ENGINE, "unable to load backup manifest file|does not match expected checksum"));
    }
}
