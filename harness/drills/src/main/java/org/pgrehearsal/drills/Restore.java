package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.Expected;
import org.pgrehearsal.restore.Judge;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Exchange;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.Lsn;

/**
 * A restore through a read-only gate, judged.
 *
 * @param bucket    what was restored from
 * @param before    every object of it before the restore
 * @param gate      the way in, with the record of every request
 * @param judgement what it came to
 */
record Restore(Bucket bucket, Inventory before, Gate gate, Judgement judgement) {
    /**
     * Restores an order and judges what came back against the course.
     *
     * @param bucket the course's bucket, or a copy of it
     * @param gate   a read-only gate, perhaps with faults in it
     * @param damage where damage was done, for the picture
     */
    static Restore of(
            Drill drill,
            Lane.Form form,
            Course course,
            RestoreOrder order,
            Bucket bucket,
            Gate gate,
            @Nullable Lsn damage,
            boolean thorough)
            throws Exception {
        Inventory before = bucket.inventory();
        Attempt attempt = drill.lane().restore(drill, form, order, bucket, gate);
        return judge(drill, course, order, attempt, bucket, before, gate, damage, thorough);
    }

    /** Judges a restore that was made in another way. */
    static Restore judge(
            Drill drill,
            Course course,
            RestoreOrder order,
            Attempt attempt,
            Bucket bucket,
            Inventory before,
            Gate gate,
            @Nullable Lsn damage,
            boolean thorough)
            throws Exception {
        Expected expected = Expected.of(course, order);
        Judgement judgement = new Judge(course).judge(attempt, order, expected, thorough, drill.progress());
        drill.report(judgement, course, Picture.of(course, judgement, damage));
        Restore restore = new Restore(bucket, before, gate, judgement);
        restore.keep(drill);
        return restore;
    }

    /** Keeps the list of what was restored from as evidence. */
    void keep(Drill drill) {
        try {
            before.writeTo(drill.folder().resolve("objects.tsv"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep evidence in " + drill.folder() + ": " + e.getMessage(), e);
        }
    }

    /** What one check came to; null if it did not run. */
    @Nullable
    CheckResult check(String name) {
        return judgement.checks().get(name);
    }

    /** The keys that the restore asked for. */
    List<String> asked() {
        return gate.exchanges().stream()
                .filter(exchange -> !exchange.list())
                .map(exchange -> bucket.relative(exchange.key()))
                .toList();
    }

    /** The prefixes that it listed. */
    List<String> listed() {
        return gate.exchanges().stream()
                .filter(Exchange::list)
                .map(exchange -> bucket.relative(exchange.key()))
                .toList();
    }

    /** Fails if the restore changed the archive it read from, or tried to. */
    void archiveIsUntouched(Drill drill) {
        Inventory.Difference difference = before.difference(bucket.inventory());
        if (!difference.isEmpty()) {
            throw drill.refute(
                    Finding.of(Anomaly.ARCHIVE_TOUCHED, "the restore changed the source's archive: " + difference));
        }
        List<Exchange> refused = gate.refusedWrites();
        if (!refused.isEmpty()) {
            Exchange first = refused.getFirst();
            throw drill.refute(new Finding(
                    Anomaly.ARCHIVE_TOUCHED,
                    refused.size(),
                    "the restore tried to write to the source's archive: " + first.method() + " " + first.key(),
                    refused.stream()
                            .limit(Finding.KEPT)
                            .map(write -> write.method() + " " + write.key())
                            .toList()));
        }
        if (before.objects().isEmpty()) {
            throw new Doubt("the archive has no object, so that it stayed the same proves nothing");
        }
        drill.checked();
        drill.measure(new Measurement(
                "objects in the archive before and after", before.objects().size(), "objects"));
    }
}
