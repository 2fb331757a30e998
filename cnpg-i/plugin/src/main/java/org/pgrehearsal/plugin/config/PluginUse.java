package org.pgrehearsal.plugin.config;

import java.util.List;
import java.util.Map;

/**
 * An enabled entry of ours in a Cluster.
 *
 * @param name       one of {@link PluginName#ALL}
 * @param owner      whose archive it describes: the cluster's name, or that of the external cluster
 * @param archiver   whether CloudNativePG waits for us before it lets WAL go
 * @param path       where it stands in the Cluster, for error messages
 * @param parameters as the user wrote them
 */
public record PluginUse(
        String name, String owner, boolean archiver, List<String> path, Map<String, String> parameters) {
    public PluginUse {
        path = List.copyOf(path);
        parameters = Map.copyOf(parameters);
    }

    /**
     * The parameters, checked.
     *
     * @throws InvalidSettings if they are not valid
     */
    public Settings settings() {
        return SettingsReader.read(parameters, owner);
    }
}
