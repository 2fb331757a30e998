package org.pgrehearsal.sabotage;

import static org.pgrehearsal.sabotage.Outcome.By.ENGINE;
import static org.pgrehearsal.verdict.Anomaly.ALTERED;
import static org.pgrehearsal.verdict.Anomaly.BACKUP_INCOMPLETE;
import static org.pgrehearsal.verdict.Anomaly.HOLE;
import static org.pgrehearsal.verdict.Anomaly.OBJECTS_DIFFER;
import static org.pgrehearsal.verdict.Anomaly.TORN_TRANSACTION;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgrehearsal.store.StoredObject;

/** A dump is a handful of files and a manifest with the checksum of each. */
record DumpAnatomy() implements Anatomy {
    private static final Pattern DIGEST = Pattern.compile("\"([0-9a-f])([0-9a-f]{63})\"");
    private static final int WINDOW = 64 * 1024;

    @Override
    public List<String> manifest(Scene scene) {
        return keys(scene, "/manifest.json").toList();
    }

    @Override
    public String alter(String manifest) {
        return DIGEST.matcher(manifest)
                .replaceFirst(found -> "\"" + (found.group(1).equals("0") ? "1" : "0") + found.group(2) + "\"");
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
                .filter(stored -> stored.key().endsWith(".dump"))
                .max(Comparator.comparingLong(StoredObject::size))
                .map(StoredObject::key);
    }

    /** The largest database as plain SQL. */
    Optional<String> plainFile(Scene scene) {
        return scene.backupObjects().stream()
                .filter(stored -> stored.key().endsWith(".sql") && !isGlobals(stored.key()))
                .max(Comparator.comparingLong(StoredObject::size))
                .map(StoredObject::key);
    }

    Optional<String> globals(Scene scene) {
        return keys(scene, ".sql").filter(DumpAnatomy::isGlobals).findFirst();
    }

    private static boolean isGlobals(String key) {
        // a database may be called globals too, but is a directory further down
        return key.endsWith("/globals.sql") && !key.contains("/db/");
    }

    private static Stream<String> keys(Scene scene, String end) {
        return scene.backupObjects().stream().map(StoredObject::key).filter(key -> key.endsWith(end));
    }

    @Override
    public String flip(Scene scene, Knife knife, String key) throws IOException {
        long size = scene.copy().list(key).getFirst().size();
        // rows are in the middle of either form; definitions are at both ends
        long middle = size / 2 + scene.chance().nextLong(Math.max(1, size / 8));
        boolean plain = key.endsWith(".sql");
        long at = plain ? nextDigit(scene, key, middle) : middle;
        knife.flip(key, at, plain ? 0x01 : 0xFF);
        return key + " at byte " + at;
    }

    /** A digit with its lowest bit flipped is another digit, so the script stays a script that runs. */
    private static long nextDigit(Scene scene, String key, long from) throws IOException {
        try (InputStream in = scene.copy().open(key)) {
            in.skipNBytes(from);
            byte[] window = in.readNBytes(WINDOW);
            for (int index = 0; index < window.length; index++) {
                if (window[index] >= '0' && window[index] <= '9') {
                    return from + index;
                }
            }
        }
        throw new IOException("no digit in " + key + " after byte " + from);
    }

    private static final Sign NOT_WHAT_THE_MANIFEST_SAYS =
            Sign.Refusal.by(ENGINE, "(the|its) manifest (says|was altered)");

    private static final Sign ROWS_DIFFER = new Sign.Discovery(
            Set.of(ALTERED, BACKUP_INCOMPLETE, OBJECTS_DIFFER), Set.of(HOLE, TORN_TRANSACTION), null);

    @Override
    public Expected flippedSigns() {
        return Expected.anyOf(NOT_WHAT_THE_MANIFEST_SAYS, ROWS_DIFFER);
    }

    @Override
    public Expected truncatedSigns() {
        return Expected.anyOf(NOT_WHAT_THE_MANIFEST_SAYS, ROWS_DIFFER);
    }

    @Override
    public Expected manifestMissingSigns() {
        return Expected.anyOf(Sign.Refusal.by(ENGINE, "manifest\\.json"));
    }

    @Override
    public Expected manifestAlteredSigns() {
        return Expected.anyOf(NOT_WHAT_THE_MANIFEST_SAYS);
    }

    /** A part is not there that the manifest names. */
    Expected partMissingSigns() {
        return Expected.anyOf(
                Sign.Refusal.by(ENGINE, "cannot (be )?read|is missing"),
                new Sign.Discovery(Set.of(BACKUP_INCOMPLETE, OBJECTS_DIFFER), Set.of(HOLE), null));
    }
}
