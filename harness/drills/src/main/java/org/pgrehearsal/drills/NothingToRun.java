package org.pgrehearsal.drills;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.evidence.RunRecord;

/** No scenario that was asked for can be run. The message is one line. */
public final class NothingToRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    NothingToRun(@Nullable String scenario, List<RunRecord.NotApplicable> notApplicable) {
        super(
                notApplicable.isEmpty()
                        ? "no scenario has \"" + scenario + "\" in its name; see the files in features/ for their names"
                        : "nothing to run: "
                                + notApplicable.stream()
                                        .map(no -> no.system() + " has no \"" + no.scenario() + "\", because "
                                                + no.reason())
                                        .limit(3)
                                        .collect(Collectors.joining("; ")));
    }
}
