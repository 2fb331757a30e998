package org.pgrehearsal.plugin.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parameters to settings, or everything that is wrong with them at once. */
final class SettingsReader {
    private static final Pattern NUMBERED = Pattern.compile("repo([1-9])-(.+)");
    private static final String DEFAULT_SECRET = "pgbackrest-s3-secret";
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "s3", List.of("s3-bucket", "s3-endpoint", "s3-region", "path"),
            "azure", List.of("azure-container", "path"),
            "gcs", List.of("gcs-bucket", "path"),
            "posix", List.of("path", "claim"));

    private final List<Violation> violations = new ArrayList<>();
    private final SortedMap<String, String> general = new TreeMap<>();
    private final Map<String, String> ours = new TreeMap<>();
    private final SortedMap<Integer, Map<String, String>> repositories = new TreeMap<>();

    private SettingsReader() {}

    static Settings read(Map<String, String> parameters, String owner) {
        SettingsReader reader = new SettingsReader();
        new TreeMap<>(parameters).forEach(reader::take);
        Settings settings = reader.settings(owner);
        if (!reader.violations.isEmpty()) {
            throw new InvalidSettings(reader.violations);
        }
        return settings;
    }

    private void take(String name, String value) {
        Parameter parameter = Parameter.GENERAL.get(name);
        if (parameter != null) {
            if (check(parameter, name, value)) {
                (parameter.option() ? general : ours).put(name, value);
            }
            return;
        }
        Matcher numbered = NUMBERED.matcher(name);
        int number = numbered.matches() ? Integer.parseInt(numbered.group(1)) : 1;
        String bare = numbered.matches() ? numbered.group(2) : Parameter.ALIASES.getOrDefault(name, name);
        parameter = Parameter.REPOSITORY.get(bare);
        if (parameter == null) {
            violations.add(new Violation(name, value, "is not a parameter of this plugin" + nearest(name)));
        } else if (check(parameter, name, value)) {
            String before =
                    repositories.computeIfAbsent(number, _ -> new TreeMap<>()).put(bare, value);
            if (before != null && !before.equals(value)) {
                violations.add(
                        new Violation(name, value, "says another thing than repo1-" + bare + ": keep one of them"));
            }
        }
    }

    private boolean check(Parameter parameter, String name, String value) {
        if (parameter.accepts(value)) {
            return true;
        }
        violations.add(new Violation(name, value, "must be " + parameter.words()));
        return false;
    }

    private Settings settings(String owner) {
        if (repositories.isEmpty()) {
            repositories.put(1, new TreeMap<>());
        }
        if (repositories.firstKey() != 1) {
            missing("repo1-path", "the first repository must be repo1");
        }
        List<Repository> all = new ArrayList<>();
        repositories.forEach((number, values) -> all.add(repository(number, values)));
        general.putIfAbsent("archive-async", "y");
        general.putIfAbsent("compress-type", "lz4");
        general.putIfAbsent("process-max", "2");
        general.putIfAbsent("start-fast", "y");
        String stanza = Optional.ofNullable(ours.get("stanza")).orElse(owner);
        return new Settings(stanza, general, all, ours);
    }

    private Repository repository(int number, Map<String, String> values) {
        Map<String, String> options = new TreeMap<>();
        Map<String, String> own = new TreeMap<>();
        values.forEach((name, value) -> (java.util.Objects.requireNonNull(Parameter.REPOSITORY.get(name))
                                .option()
                        ? options
                        : own)
                .put(name, value));
        String type = options.computeIfAbsent("type", _ -> "s3");
        options.putIfAbsent("bundle", "y");
        for (String name : REQUIRED.getOrDefault(type, List.of())) {
            if (!values.containsKey(name)) {
                missing("repo" + number + "-" + name, "is required for a repository of type " + type);
            }
        }
        Repository repository = new Repository(number, type, options, own);
        if (repository.needsSecret() && repository.secret().isEmpty()) {
            own.put("secret", DEFAULT_SECRET);
            repository = new Repository(number, type, options, own);
        }
        return repository;
    }

    private void missing(String name, String message) {
        violations.add(new Violation(name, "", message));
    }

    private static String nearest(String name) {
        return Stream.of(Parameter.GENERAL.keySet(), Parameter.REPOSITORY.keySet(), Parameter.ALIASES.keySet())
                .flatMap(java.util.Collection::stream)
                .filter(known -> distance(known, name) <= 2)
                .findFirst()
                .map(known -> "; did you mean " + known + "?")
                .orElse("; see the list in docs/techdocs/docs/how-to/plugin-pgbackrest.md");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(
                        Math.min(above, row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
