package org.pgrehearsal.plugin.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An enabled entry of ours in a Cluster.
 *
 * @param name       one of {@link PluginName#ALL}
 * @param namespace  of the Cluster
 * @param owner      whose archive it describes: the cluster's name, or that of the external cluster
 * @param archiver   whether CloudNativePG waits for us before it lets WAL go
 * @param path       where it stands in the Cluster, for error messages
 * @param parameters as the user wrote them
 */
public record PluginUse(
        String name,
        String namespace,
        String owner,
        boolean archiver,
        List<String> path,
        Map<String, String> parameters) {
    private static final String ARCHIVE = "archive";

    public PluginUse {
        path = List.copyOf(path);
        parameters = Map.copyOf(parameters);
    }

    /** The Archive that it names, if it describes the archive so. */
    public Optional<String> archive() {
        return Optional.ofNullable(parameters.get(ARCHIVE)).filter(ValueKind.NAME::accepts);
    }

    /** What that Archive says, if there is one. */
    public Optional<Definition> definition(Definitions definitions) {
        return archive().map(archive -> definitions.archive(namespace, archive));
    }

    /**
     * The parameters, checked.
     *
     * @throws InvalidSettings if they are not valid
     */
    public Settings settings(Definitions definitions) {
        if (!parameters.containsKey(ARCHIVE)) {
            return SettingsReader.read(parameters, owner);
        }
        List<Violation> violations = new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(one ->
                                !one.getKey().equals(ARCHIVE) || archive().isEmpty())
                        .map(one -> new Violation(
                                one.getKey(),
                                one.getValue(),
                                one.getKey().equals(ARCHIVE)
                                        ? "must be " + ValueKind.NAME.words()
                                        : "stands beside archive: say it in the Archive, or do without one"))
                        .toList();
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
        String archive = archive().orElseThrow();
        return SettingsReader.read(definitions.archive(namespace, archive).parameters(), archive);
    }
}
