package org.pgrehearsal.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;

/**
 * One drill, as a report shows it.
 *
 * @param system       the backup system
 * @param feature      the feature's name
 * @param scenario     the scenario's name
 * @param control      whether this is a negative control (sabotage, refusal, outage): it is proved when the damage was found
 * @param verdict      what it came to
 * @param summary      one sentence: what was proved, or what the control found
 * @param started      when it began
 * @param phases       what took how long, in order
 * @param rto          from the start of the restore until the first right answer; null where nothing was restored
 * @param measurements numbers, in the order of the checks
 * @param observations what a reader wants to know beside the verdict (clock inversions, an early promotion…), one sentence each
 * @param log          lines of the engine's or the server's log that tell where recovery stopped or why it was refused
 * @param picture      marks for the picture of the timeline; empty where there is none
 * @param folder       the drill's own folder below the run's, relative, with forward slashes; empty where there is none
 */
public record DrillRecord(
        String system,
        String feature,
        String scenario,
        boolean control,
        Verdict verdict,
        String summary,
        Instant started,
        List<Phase> phases,
        @Nullable Duration rto,
        List<Measurement> measurements,
        List<String> observations,
        List<String> log,
        List<Mark> picture,
        String folder) {
    public DrillRecord {
        phases = List.copyOf(phases);
        measurements = List.copyOf(measurements);
        observations = List.copyOf(observations);
        log = List.copyOf(log);
        picture = List.copyOf(picture);
    }

    /** The word for a cell of a table: a control that was proved says that the damage was {@code FOUND}. */
    public String outcome() {
        return control && verdict instanceof Verdict.Proved ? "FOUND" : verdict.label();
    }

    /** From the drill's start to the end of its last phase. */
    public Duration elapsed() {
        return phases.stream()
                .map(phase -> phase.from().plus(phase.took()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * A part of a drill.
     *
     * @param name  what was done
     * @param from  from the drill's start
     * @param took  how long
     * @param bytes what was moved meanwhile, 0 if that is not known
     */
    public record Phase(String name, Duration from, Duration took, long bytes) {}

    /**
     * A point or a span in the picture of the timeline.
     *
     * @param kind     what it is
     * @param label    a short text
     * @param timeline the timeline it lies on; for a {@link Kind#FORK}, the one that begins there
     * @param parent   for a fork, the timeline that it leaves; otherwise 0
     * @param from     position in the log, as a number of bytes
     * @param to       the end of a span; the same as {@code from} for a point
     */
    public record Mark(Kind kind, String label, int timeline, int parent, long from, long to) {
        /** A mark on one timeline. */
        public Mark(Kind kind, String label, int timeline, long from, long to) {
            this(kind, label, timeline, 0, from, to);
        }

        /** The point where a timeline begins. */
        public static Mark fork(String label, int parent, int timeline, long at) {
            return new Mark(Kind.FORK, label, timeline, parent, at, at);
        }

        /** What a mark stands for. */
        public enum Kind {
            /** A span of the log with commits in it. */
            COMMITS,
            /** From the begin to the end of a backup. */
            BACKUP,
            /** Where recovery was asked to stop. */
            TARGET,
            /** How far the store holds the log without a gap. */
            FRONTIER,
            /** Where recovery did stop. */
            STOPPED,
            /** What was broken on purpose. */
            DAMAGE,
            /** Where a timeline begins. */
            FORK
        }
    }
}
