package org.pgrehearsal.system;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to start a PostgreSQL server.
 *
 * @param settings    configuration parameters
 * @param environment for the commands that the server runs; may hold secrets
 */
public record ServerConfig(Map<String, String> settings, Map<String, String> environment) {
    public ServerConfig {
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
    }

    public static ServerConfig none() {
        return new ServerConfig(Map.of(), Map.of());
    }

    /** The same with more settings, which win. */
    public ServerConfig with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new ServerConfig(all, environment);
    }

    /** The settings only: the environment may hold secrets. */
    @Override
    public String toString() {
        return "ServerConfig" + settings;
    }
}
