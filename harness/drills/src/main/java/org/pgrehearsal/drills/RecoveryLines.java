package org.pgrehearsal.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.target.RecoveryLog;

/** What a server's log says about its recovery, in a few lines for the report. */
final class RecoveryLines {
    private static final int FILES = 3;

    private RecoveryLines() {}

    /** The same of a restore, with the reason of a refusal. */
    static List<String> of(Attempt attempt) {
        List<String> lines = of(attempt.log());
        if (attempt instanceof Attempt.Refused refused) {
            lines.add(refused.reason());
        }
        return lines;
    }

    static List<String> of(RecoveryLog log) {
        List<String> lines = new ArrayList<>();
        add(lines, "redo starts at ", log.redoStart());
        add(lines, "consistent at ", log.consistent());
        List<String> files = log.restored();
        if (!files.isEmpty()) {
            lines.add(files.size() + " files from the archive, the last: "
                    + String.join(", ", files.subList(Math.max(0, files.size() - FILES), files.size())));
        }
        lines.addAll(log.endReasons());
        if (log.stopped() != null) {
            lines.add(log.stopped().logLine());
        }
        add(lines, "redo done at ", log.redoDone());
        add(lines, "new timeline ", log.newTimeline());
        if (log.complete()) {
            lines.add("archive recovery complete");
        }
        lines.addAll(log.fatal());
        return lines;
    }

    private static void add(List<String> lines, String what, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            lines.add(what + Objects.toString(value));
        }
    }
}
