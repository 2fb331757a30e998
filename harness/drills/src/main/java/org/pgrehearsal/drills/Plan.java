package org.pgrehearsal.drills;

import io.cucumber.core.feature.FeatureParser;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Capability;

/**
 * Which scenarios are run on which system: the matrix is data. Every feature is read once for each system, under an address that names both.
 *
 * @param features      what Cucumber is given
 * @param pickles       the scenarios to run, the systems by turns so that they go side by side
 * @param notApplicable what a system cannot do, with its reason
 */
record Plan(List<Feature> features, List<Pickle> pickles, List<RunRecord.NotApplicable> notApplicable) {
    private static final String DEFAULT = "@default";
    private static final String CLOCK = "@clock";
    private static final String ONLY = "@only-";

    /** In the order in which a reader wants to see them. */
    private static final List<String> FEATURES = List.of(
            "backup",
            "restore",
            "pitr",
            "timelines",
            "refusals",
            "archiving",
            "retention",
            "replica",
            "dumps",
            "failover",
            "gitops",
            "sabotage",
            "outage");

    /** Forks make a source of their own first, an engine tries again and again before it gives up on a store, and what Git makes is there once. */
    private static final Set<String> LONG = Set.of("timelines", "gitops", "outage");

    /**
     * What to run.
     *
     * @param run what the run is known by to the glue
     * @throws NothingToRun if there is nothing
     */
    static Plan of(RunOptions options, Collection<BackupSystem> systems, String run) {
        FeatureParser parser = new FeatureParser(UUID::randomUUID);
        List<Feature> features = new ArrayList<>();
        List<Deque<Pickle>> lanes = new ArrayList<>();
        List<RunRecord.NotApplicable> notApplicable = new ArrayList<>();
        for (BackupSystem system : systems) {
            Deque<Pickle> chosen = new ArrayDeque<>();
            for (String name : FEATURES) {
                DrillUri uri = new DrillUri(run, system.name(), name);
                Feature feature =
                        parse(parser, options.home().resolve("features").resolve(name + ".feature"), uri);
                features.add(feature);
                for (Pickle pickle : feature.getPickles()) {
                    if (isWanted(pickle, options) && isFor(pickle, system)) {
                        lack(pickle, system, options)
                                .ifPresentOrElse(
                                        reason -> notApplicable.add(new RunRecord.NotApplicable(
                                                system.name(), name, pickle.getName(), reason)),
                                        () -> chosen.add(pickle));
                    }
                }
            }
            lanes.add(chosen);
        }
        if (lanes.stream().allMatch(Deque::isEmpty)) {
            throw new NothingToRun(options.scenario(), notApplicable);
        }
        return new Plan(features, byTurns(lanes), notApplicable);
    }

    /** Whether a scenario stops where the clock ran backwards: only then is it worth writing until that happens. */
    boolean asksForAClockThatRanBackwards() {
        return pickles.stream().anyMatch(pickle -> pickle.getTags().contains(CLOCK));
    }

    /** As {@link #pickles}, but one of each system and of each feature that takes long goes first: the others can run meanwhile. */
    List<Pickle> inOrderOfStart() {
        Set<URI> begun = new HashSet<>();
        Set<Pickle> order = new LinkedHashSet<>();
        pickles.stream()
                .filter(pickle ->
                        LONG.contains(DrillUri.parse(pickle.getUri()).feature()) && begun.add(pickle.getUri()))
                .forEach(order::add);
        order.addAll(pickles);
        return List.copyOf(order);
    }

    private static Feature parse(FeatureParser parser, Path file, DrillUri uri) {
        try {
            byte[] text = Files.readAllBytes(file);
            return parser.parseResource(new Resource() {
                        @Override
                        public URI getUri() {
                            return uri.toUri();
                        }

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(text);
                        }
                    })
                    .orElseThrow(() -> new IllegalStateException("no feature in " + file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the feature " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isWanted(Pickle pickle, RunOptions options) {
        String part = options.scenario();
        if (part != null) {
            String name = pickle.getName().toLowerCase(Locale.ROOT);
            return Arrays.stream(part.toLowerCase(Locale.ROOT).split("\\|", -1)).anyMatch(name::contains);
        }
        return options.all() || pickle.getTags().contains(DEFAULT);
    }

    /** What only one system has is not in the plan of another, not even as not applicable. */
    private static boolean isFor(Pickle pickle, BackupSystem system) {
        return pickle.getTags().stream()
                .filter(tag -> tag.startsWith(ONLY))
                .allMatch(tag -> tag.equals(ONLY + system.name()));
    }

    private static Optional<String> lack(Pickle pickle, BackupSystem system, RunOptions options) {
        Map<Capability, String> lacks = new EnumMap<>(Capability.class);
        lacks.putAll(system.lacks());
        lacks.putAll(options.platform().lacks());
        for (Map.Entry<Capability, String> lack : lacks.entrySet()) {
            if (pickle.getTags().contains(lack.getKey().tag())) {
                return Optional.of(lack.getValue());
            }
        }
        return Optional.empty();
    }

    private static List<Pickle> byTurns(List<Deque<Pickle>> lanes) {
        List<Pickle> ordered = new ArrayList<>();
        while (lanes.stream().anyMatch(lane -> !lane.isEmpty())) {
            for (Deque<Pickle> lane : lanes) {
                Pickle next = lane.poll();
                if (next != null) {
                    ordered.add(next);
                }
            }
        }
        return ordered;
    }
}
