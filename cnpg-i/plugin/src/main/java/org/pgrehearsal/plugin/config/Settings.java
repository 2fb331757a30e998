package org.pgrehearsal.plugin.config;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One archive, as a plugin entry describes it.
 *
 * @param stanza       pgBackRest's name for it
 * @param options      pgBackRest's options that are not of one repository
 * @param repositories at least one
 * @param ours         parameters that pgBackRest has no option for
 */
public record Settings(
        String stanza, SortedMap<String, String> options, List<Repository> repositories, Map<String, String> ours) {
    public Settings {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        repositories = List.copyOf(repositories);
        ours = Map.copyOf(ours);
    }

    /**
     * Parameters, checked.
     *
     * @param owner whose archive it is, after whom the stanza is named unless they say another name
     * @throws InvalidSettings with all that is wrong
     */
    public static Settings read(Map<String, String> parameters, String owner) {
        return SettingsReader.read(parameters, owner);
    }

    /** The repository of a number that it has. */
    public Repository repository(int number) {
        return repositories.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no repo" + number));
    }

    /** How long a finished backup may wait for its last WAL. */
    public Duration walTimeout() {
        return Duration.ofSeconds(Long.parseLong(ours.getOrDefault("backup-wal-timeout", "600")));
    }

    /** How long pgBackRest itself waits for a segment. */
    public Duration archiveTimeout() {
        return Duration.ofSeconds(Long.parseLong(options.getOrDefault("archive-timeout", "60")));
    }

    public boolean allowStanzaUpgrade() {
        return ours.getOrDefault("allow-stanza-upgrade", "n").equals("y");
    }
}
