package org.pgrehearsal.drills;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.evidence.DrillRecord.Mark;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.Expected;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.verify.Verified;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalFacts;

/** Marks for the picture of a drill's timeline. */
final class Picture {
    private final List<Mark> marks = new ArrayList<>();

    private Picture() {}

    /** What there is to see of a restore on a course. */
    static List<Mark> of(Course course, Judgement judgement, @Nullable Lsn damage) {
        Picture picture = new Picture();
        course.facts().values().forEach(picture::commits);
        course.histories().values().forEach(picture::fork);
        for (Backup backup : course.backups()) {
            if (backup instanceof Backup.Physical physical) {
                picture.marks.add(new Mark(
                        Mark.Kind.BACKUP,
                        physical.kind().name().toLowerCase(java.util.Locale.ROOT) + " backup",
                        physical.timeline().value(),
                        physical.start().value(),
                        physical.stop().value()));
                course.frontiers(physical)
                        .forEach((timeline, frontier) ->
                                picture.point(Mark.Kind.FRONTIER, "frontier", timeline, frontier.end()));
            } else if (backup instanceof Backup.Logical logical) {
                picture.point(Mark.Kind.BACKUP, "dump", course.timeline(), logical.at());
            }
        }
        picture.restore(judgement.expected(), judgement.attempt());
        if (damage != null) {
            picture.point(Mark.Kind.DAMAGE, "damage", course.timeline(), damage);
        }
        return picture.marks.stream().distinct().toList();
    }

    /** What there is to see of a backup that somebody else took. */
    static List<Mark> of(Verified verified) {
        Picture picture = new Picture();
        verified.facts().forEach(picture::commits);
        Backup.Physical backup = verified.kept().backup();
        picture.marks.add(new Mark(
                Mark.Kind.BACKUP,
                "backup " + backup.label(),
                backup.timeline().value(),
                backup.start().value(),
                backup.stop().value()));
        picture.point(
                Mark.Kind.FRONTIER,
                "frontier",
                verified.frontier().timeline(),
                verified.frontier().end());
        Judgement judgement = verified.judgement();
        if (judgement != null) {
            picture.restore(judgement.expected(), judgement.attempt());
        }
        return picture.marks;
    }

    private void commits(WalFacts facts) {
        if (!facts.transactions().isEmpty()) {
            marks.add(new Mark(
                    Mark.Kind.COMMITS,
                    facts.transactions().size() + " ends of transactions",
                    facts.timeline().value(),
                    facts.transactions().getFirst().start().value(),
                    facts.transactions().getLast().start().value()));
        }
    }

    private void fork(TimelineHistory history) {
        if (!history.ancestors().isEmpty()) {
            TimelineHistory.Fork fork = history.ancestors().getLast();
            marks.add(Mark.fork(
                    "fork",
                    fork.parent().value(),
                    history.timeline().value(),
                    fork.at().value()));
        }
    }

    private void restore(Expected expected, Attempt attempt) {
        List<CommitOrder.Leg> path = expected.commits().path();
        TimelineId timeline = path.getLast().timeline();
        if (expected.prediction() instanceof Prediction.Stop stop && expected.throughLog()) {
            point(Mark.Kind.TARGET, "target", timeline, stop.before());
        }
        if (attempt instanceof Attempt.Opened opened) {
            RecoveryLog log = opened.log();
            if (log.redoDone() != null) {
                point(Mark.Kind.STOPPED, "recovery stopped", timeline, log.redoDone());
            }
        }
    }

    private void point(Mark.Kind kind, String label, TimelineId timeline, Lsn at) {
        marks.add(new Mark(kind, label, timeline.value(), at.value(), at.value()));
    }
}
