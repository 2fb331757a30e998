package org.pgrehearsal.course;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.pgrehearsal.evidence.DrillRecord;

/** The phases of something long: told to whoever shows progress, and kept for the report. One thread's. */
public final class Progress {
    private final Instant began = Instant.now();
    private final Consumer<String> shown;
    private final List<DrillRecord.Phase> phases = new ArrayList<>();

    /** With someone who shows each phase's name as it begins. */
    public Progress(Consumer<String> shown) {
        this.shown = shown;
    }

    /** Does a phase. Its time is kept also if it fails. */
    public <T> T phase(String name, Callable<T> work) throws Exception {
        shown.accept(name);
        Instant from = Instant.now();
        try {
            return work.call();
        } finally {
            phases.add(new DrillRecord.Phase(
                    name, Duration.between(began, from), Duration.between(from, Instant.now()), 0));
        }
    }

    /** The phases so far. */
    public List<DrillRecord.Phase> phases() {
        return List.copyOf(phases);
    }

    public Instant began() {
        return began;
    }
}
