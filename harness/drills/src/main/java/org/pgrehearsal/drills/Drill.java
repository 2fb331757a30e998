package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.undo.UndoStack;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;

/**
 * One scenario on one backup system, while it runs: it collects what the report shows, and undoes what the scenario did. The steps keep their own
 * state.
 */
public final class Drill {
    private final Lane lane;
    private final Rehearsal rehearsal;
    private final String feature;
    private final String scenario;
    private final boolean control;
    private final Path folder;
    private final Progress progress;
    private final UndoStack undo = new UndoStack();
    private final List<Runnable> ifItFails = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> observations = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private List<DrillRecord.Mark> picture = List.of();
    private @Nullable Duration rto;
    private @Nullable String summary;
    private @Nullable Runnable relief;
    private boolean waited;
    private int checks;

    Drill(Rehearsal rehearsal, Lane lane, String feature, String scenario, boolean control) {
        this.rehearsal = rehearsal;
        this.lane = lane;
        this.feature = feature;
        this.scenario = scenario;
        this.control = control;
        this.folder = rehearsal.folder().drill(lane.name(), scenario);
        this.progress = new Progress(phase -> rehearsal.listener().phase(lane.name(), scenario, phase));
    }

    Lane lane() {
        return lane;
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    Progress progress() {
        return progress;
    }

    UndoStack undo() {
        return undo;
    }

    Path folder() {
        return folder;
    }

    /** What is done before everything is undone, if the drill fails. */
    void ifItFails(Runnable action) {
        ifItFails.add(action);
    }

    Runner commands() {
        return rehearsal.commands(folder);
    }

    /** A way into the store that lets only reads through, closed at the end of the drill. */
    Gate guard() {
        return gate(Gate.Policy.READ_ONLY);
    }

    /** A way into the store of the drill's own, closed at its end. */
    Gate gate(Gate.Policy policy) {
        return undo.closing("close the drill's gate", rehearsal.openGate(policy));
    }

    /**
     * Something that is wrong.
     *
     * @return always throws, so that the step fails
     */
    Refutation refute(Finding finding) {
        findings.add(finding);
        return new Refutation(finding);
    }

    /** Findings that are wrong; the first fails the step. */
    void refuteIfAny(List<Finding> wrong) {
        findings.addAll(
                wrong.stream().filter(finding -> !findings.contains(finding)).toList());
        if (!wrong.isEmpty()) {
            throw new Refutation(wrong.getFirst());
        }
    }

    /** A check that was declared by the scenario has run and counted something. */
    void checked() {
        checks++;
    }

    void observe(String sentence) {
        observations.add(sentence);
    }

    List<String> observations() {
        return List.copyOf(observations);
    }

    /** Something goes wrong that a restore may wait out; this ends it. */
    void relievedBy(Runnable end) {
        relief = end;
    }

    /**
     * A restore waits, and does not go on without what it cannot get. Ends what it waits for.
     *
     * @param said in its own words
     * @return false if that cannot be ended
     */
    boolean relieve(String said) {
        observe("PostgreSQL was not fooled: " + said);
        waited = true;
        if (relief == null) {
            return false;
        }
        relief.run();
        return true;
    }

    /** Whether a restore waited for something. */
    boolean waited() {
        return waited;
    }

    void measure(Measurement measurement) {
        measurements.add(measurement);
    }

    void summarise(String sentence) {
        summary = sentence;
    }

    /** Takes over what a restore and its judgement say for the report. */
    void report(Judgement judgement, Course course, List<DrillRecord.Mark> marks) {
        picture = marks;
        measurements.addAll(judgement.measurements());
        observations.addAll(judgement.observations());
        rto = judgement.attempt().rto();
        log.addAll(RecoveryLines.of(judgement.attempt()));
        observations.add(course.history().operations() + " operations were begun by the writers in all");
    }

    /**
     * Ends the drill.
     *
     * @param failure what a step failed with; null if none did
     */
    DrillRecord finish(@Nullable Throwable failure) {
        if (failure instanceof Refutation refutation) {
            findings.addAll(findings.contains(refutation.finding()) ? List.of() : List.of(refutation.finding()));
        } else if (failure != null) {
            doubts.add(oneLine(failure));
        }
        try {
            if (failure != null) {
                ifItFails.forEach(Runnable::run);
            }
            undo.close();
        } catch (RuntimeException e) {
            doubts.add(oneLine(e));
        }
        Verdict verdict = verdict();
        return new DrillRecord(
                lane.name(),
                feature,
                scenario,
                control,
                verdict,
                summary(verdict),
                progress.began(),
                progress.phases(),
                rto,
                measurements,
                observations,
                log,
                picture,
                rehearsal.folder().relative(folder));
    }

    private Verdict verdict() {
        if (!findings.isEmpty()) {
            return new Verdict.Refuted(findings);
        }
        if (!doubts.isEmpty()) {
            return new Verdict.Inconclusive(doubts);
        }
        return checks == 0 ? new Verdict.Inconclusive(List.of("the scenario checked nothing")) : new Verdict.Proved();
    }

    private String summary(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Proved _ -> summary == null ? checks + " checks passed" : summary;
            case Verdict.Refuted refuted -> refuted.findings().getFirst().toString();
            case Verdict.Inconclusive inconclusive -> inconclusive.reasons().getFirst();
        };
    }

    static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    /** When the drill began. */
    Instant began() {
        return progress.began();
    }
}
