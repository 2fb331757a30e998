package org.pgrehearsal.sabotage;

import static org.pgrehearsal.sabotage.Outcome.By.ENGINE;
import static org.pgrehearsal.sabotage.Outcome.By.SERVER;
import static org.pgrehearsal.verdict.Anomaly.ARCHIVE_GAP;
import static org.pgrehearsal.verdict.Anomaly.GHOST;
import static org.pgrehearsal.verdict.Anomaly.HOLE;
import static org.pgrehearsal.verdict.Anomaly.LOST_SUFFIX;
import static org.pgrehearsal.verdict.Anomaly.OBJECTS_DIFFER;
import static org.pgrehearsal.verdict.Anomaly.STATUS_DISAGREES;
import static org.pgrehearsal.verdict.Anomaly.STOPPED_ELSEWHERE;
import static org.pgrehearsal.verdict.Anomaly.WRONG_BRANCH;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.wal.Lsn;

/**
 * The file is gone that says where the newest timeline began. PostgreSQL looks for the next number until one is missing ({@code timeline.c},
 * {@code findNewestTimeLine}), so recovery to the latest timeline stays on an older one and says nothing.
 */
final class MissingHistory extends Sabotage {
    MissingHistory() {
        super("the history of the newest timeline is missing");
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        Optional<String> newest = newest(scene);
        if (newest.isEmpty()) {
            return Optional.of("the archive holds no timeline but the first");
        }
        return scene.backup() instanceof Backup.Physical physical
                        && physical.timeline().historyFileName().compareTo(newest.get()) < 0
                ? Optional.empty()
                : Optional.of("the backup was taken on the newest timeline, so its restore does not need the history");
    }

    private static Optional<String> newest(Scene scene) {
        return scene.copy().list("").stream()
                .flatMap(stored -> scene.layout().walFile(stored.key()).stream())
                .filter(name -> name.endsWith(".history"))
                .max(Comparator.naturalOrder());
    }

    @Override
    Damage cut(Scene scene, Knife knife) throws IOException {
        String newest = newest(scene).orElseThrow();
        List<String> keys = scene.keysOf(newest);
        String key = keys.getFirst();
        Lsn fork = fork(key, new String(scene.layout().decode(key, scene.copy().read(key)), StandardCharsets.UTF_8));
        knife.remove(keys);
        return knife.damage(
                newest + " is missing: the timeline began at " + fork,
                Expected.anyOf(
                        Sign.Refusal.by(
                                SERVER,
                                "recovery target timeline \\d+ does not exist|recovery ended before configured"),
                        Sign.Refusal.by(ENGINE, newest.replace(".", "\\.")),
                        new Sign.Discovery(
                                Set.of(LOST_SUFFIX, WRONG_BRANCH, GHOST, STOPPED_ELSEWHERE, ARCHIVE_GAP),
                                Set.of(HOLE, STATUS_DISAGREES, OBJECTS_DIFFER),
                                scene.lossFrom(fork, fork))));
    }

    /** A line is parent, switch point and reason, parted by tabs; the last one is the youngest (PostgreSQL, {@code timeline.c}). */
    private static Lsn fork(String key, String history) throws IOException {
        return history.lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length >= 2 && !fields[0].startsWith("#"))
                .map(fields -> Lsn.parse(fields[1]))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IOException(key + " names no switch point"));
    }
}
