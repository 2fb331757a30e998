package org.pgrehearsal.drills;

import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.verdict.Verdict;

/**
 * Runs the planned scenarios with Cucumber, several side by side, and collects what they came to. The same for the command line and for
 * {@code mvn verify}.
 */
public final class DrillRunner {
    private static final Map<String, Drill> DRILLS = new ConcurrentHashMap<>();

    private final Rehearsal rehearsal;

    public DrillRunner(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /** Told by a scenario's first step which drill it is. */
    static void register(String scenario, Drill drill) {
        DRILLS.put(scenario, drill);
    }

    /** Runs everything and says what it came to. */
    public RunRecord run() {
        Plan plan = rehearsal.plan();
        rehearsal.listener().planned(plan.pickles().size());
        Collector collector = new Collector();
        Runtime.builder()
                .withRuntimeOptions(new RuntimeOptionsBuilder()
                        .addGlue(URI.create("classpath:/org/pgrehearsal/drills/glue"))
                        .setThreads(rehearsal.options().jobs())
                        .setPickleOrder(_ -> plan.inOrderOfStart())
                        .setPublishQuiet(true)
                        .build())
                .withFeatureSupplier(plan::features)
                .withAdditionalPlugins(collector)
                .build()
                .run();
        List<DrillRecord> drills = new ArrayList<>(collector.drills);
        drills.sort(Comparator.comparing(drill -> plan.pickles().stream()
                .filter(pickle -> pickle.getName().equals(drill.scenario()))
                .findFirst()
                .map(plan.pickles()::indexOf)
                .orElse(Integer.MAX_VALUE)));
        return new RunRecord(
                rehearsal.folder().id(),
                rehearsal.started(),
                Duration.between(rehearsal.started(), Instant.now()),
                rehearsal.options().seed(),
                rehearsal.options().command(),
                rehearsal.stage().name(),
                rehearsal.store().name(),
                rehearsal.stage().versions(),
                drills,
                plan.notApplicable(),
                rehearsal.stage().notTested(),
                exitCode(drills));
    }

    /** 1 if anything is refuted, else 2 if anything is inconclusive or nothing was drilled, else 0. */
    static int exitCode(List<DrillRecord> drills) {
        if (drills.stream().anyMatch(drill -> drill.verdict() instanceof Verdict.Refuted)) {
            return 1;
        }
        boolean doubted = drills.stream().anyMatch(drill -> drill.verdict() instanceof Verdict.Inconclusive);
        return doubted || drills.isEmpty() ? 2 : 0;
    }

    private final class Collector implements ConcurrentEventListener {
        private final List<DrillRecord> drills = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void setEventPublisher(EventPublisher publisher) {
            publisher.registerHandlerFor(TestCaseFinished.class, this::finished);
        }

        private void finished(TestCaseFinished event) {
            TestCase scenario = event.getTestCase();
            Drill drill = DRILLS.remove(scenario.getId().toString());
            DrillRecord result = drill == null
                    ? unborn(scenario, event.getResult().getError())
                    : drill.finish(event.getResult().getError());
            drills.add(result);
            rehearsal.listener().finished(result);
        }

        /** A scenario that failed before its drill could begin. */
        private DrillRecord unborn(TestCase scenario, Throwable failure) {
            DrillUri uri = DrillUri.parse(scenario.getUri());
            String reason = failure == null ? "the drill never began" : Drill.oneLine(failure);
            return new DrillRecord(
                    uri.system(),
                    uri.feature(),
                    scenario.getName(),
                    scenario.getTags().contains("@control"),
                    new Verdict.Inconclusive(List.of(reason)),
                    reason,
                    Instant.now(),
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
        }
    }
}
