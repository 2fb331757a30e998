package org.pgrehearsal.plugin.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.InvalidSettings;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.config.Settings;

/** What a Cluster that uses this plugin has to look like. */
public final class ClusterRules {
    private ClusterRules() {}

    /**
     * Something that cannot be accepted.
     *
     * @param path    where in the Cluster
     * @param value   what stands there
     * @param message what is wrong and what to do
     */
    public record Problem(List<String> path, String value, String message) {
        public Problem {
            path = List.copyOf(path);
        }

        @Override
        public String toString() {
            return String.join(".", path) + ": " + message;
        }
    }

    /** All that is wrong with a Cluster by itself. */
    public static List<Problem> check(ClusterView cluster, Definitions definitions) {
        List<Problem> problems = new ArrayList<>();
        List<PluginUse> own = cluster.plugins();
        if (own.size() > 1) {
            problems.add(new Problem(
                    with(own.get(1).path(), "name"),
                    own.get(1).name(),
                    "is this plugin under another of its names, beside "
                            + own.getFirst().name() + ": keep one entry"));
        }
        own.stream()
                .filter(use -> !use.archiver())
                .forEach(use -> problems.add(new Problem(
                        with(use.path(), "isWALArchiver"),
                        "false",
                        "must be true: otherwise CloudNativePG lets WAL go while the sidecar is not there")));
        cluster.allUses().forEach(use -> {
            try {
                use.settings(definitions);
            } catch (Refusal refusal) {
                problems.add(new Problem(
                        with(with(use.path(), "parameters"), "archive"),
                        use.archive().orElse(""),
                        String.valueOf(refusal.getMessage())));
            } catch (InvalidSettings invalid) {
                invalid.violations()
                        .forEach(one -> problems.add(new Problem(
                                with(with(use.path(), "parameters"), one.parameter()), one.value(), one.message())));
            }
        });
        return problems;
    }

    /** The same, and what must not change. */
    public static List<Problem> check(ClusterView before, ClusterView after, Definitions definitions) {
        List<Problem> problems = new ArrayList<>(check(after, definitions));
        Optional<PluginUse> use = after.own();
        Optional<Settings> old = before.own().flatMap(own -> valid(own, definitions));
        if (use.isEmpty() || old.isEmpty() || !problems.isEmpty()) {
            return problems;
        }
        Settings now = use.get().settings(definitions);
        for (Repository repository : now.repositories()) {
            old.get().repositories().stream()
                    .filter(other -> old.get().stanza().equals(now.stanza()) && samePlace(repository, other))
                    .filter(other -> other.encrypted() != repository.encrypted())
                    .forEach(_ -> problems.add(new Problem(
                            with(with(use.get().path(), "parameters"), "repo" + repository.number() + "-cipher-type"),
                            repository.options().getOrDefault("cipher-type", "none"),
                            "cannot change in a repository that exists: give the encrypted one another path")));
        }
        return problems;
    }

    /** One line for all of them. */
    public static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }

    private static Optional<Settings> valid(PluginUse use, Definitions definitions) {
        try {
            return Optional.of(use.settings(definitions));
        } catch (InvalidSettings | Refusal invalid) {
            return Optional.empty();
        }
    }

    private static boolean samePlace(Repository one, Repository other) {
        return one.type().equals(other.type())
                && one.path().equals(other.path())
                && one.options()
                        .getOrDefault("s3-bucket", "")
                        .equals(other.options().getOrDefault("s3-bucket", ""));
    }

    private static List<String> with(List<String> path, String last) {
        List<String> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}
