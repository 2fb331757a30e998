package org.pgrehearsal.evidence;

import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.verdict.Verdict;

/**
 * What the drills of a run add up to, and the sentence that says it.
 *
 * @param drills        all that ran
 * @param proved        of these, proved
 * @param found         of the proved ones, controls whose damage was found
 * @param refuted       of all, refuted
 * @param missed        of the refuted ones, controls: the checks did not see damage that was there, or named it wrongly
 * @param inconclusive  of all, inconclusive
 * @param notApplicable pairs of system and scenario that were not run
 */
public record Tally(int drills, int proved, int found, int refuted, int missed, int inconclusive, int notApplicable) {
    public static Tally of(RunRecord run) {
        int proved = 0;
        int found = 0;
        int refuted = 0;
        int missed = 0;
        int inconclusive = 0;
        for (DrillRecord drill : run.drills()) {
            int control = drill.control() ? 1 : 0;
            switch (drill.verdict()) {
                case Verdict.Proved _ -> {
                    proved++;
                    found += control;
                }
                case Verdict.Refuted _ -> {
                    refuted++;
                    missed += control;
                }
                case Verdict.Inconclusive _ -> inconclusive++;
            }
        }
        return new Tally(
                run.drills().size(),
                proved,
                found,
                refuted,
                missed,
                inconclusive,
                run.notApplicable().size());
    }

    /** The verdict in words with numbers, such as {@code 31 drills: 29 proved, 1 refuted, 1 inconclusive}. */
    public String headline() {
        if (drills == 0) {
            return "No drill ran: nothing is proved";
        }
        List<String> parts = new ArrayList<>();
        if (proved > 0 || refuted + inconclusive == 0) {
            parts.add(proved + " proved");
        }
        if (refuted > 0) {
            parts.add(refuted + " refuted");
        }
        if (inconclusive > 0) {
            parts.add(inconclusive + " inconclusive");
        }
        return drills + (drills == 1 ? " drill: " : " drills: ") + String.join(", ", parts);
    }

    /** What the headline leaves open: the controls, what was not run, and whether the run can be believed at all. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (missed > 0) {
            remarks.add(missed + (missed == 1 ? " control" : " controls")
                    + " did not come out as it must: damage was not seen, or not for the right reason."
                    + " Until that is explained, no other verdict of this run counts.");
        }
        if (found > 0) {
            remarks.add("Of the proved, " + found + (found == 1 ? " is a control" : " are controls")
                    + ": a backup was damaged on purpose, and the damage was found.");
        }
        if (drills > 0 && found == 0 && missed == 0) {
            remarks.add("No control was proved in this run, so it does not show that its checks can see damage.");
        }
        return remarks;
    }
}
