package org.pgrehearsal.plugin.config;

import java.util.List;

/** The names that this plugin answers to. Each is a plugin of its own to CloudNativePG: a Service, an endpoint, a socket. */
public final class PluginName {
    /** Its own. */
    public static final String OWN = "pgbackrest.pgrehearsal.org";

    /** The names in the design note that clusters may already carry. */
    public static final List<String> ALIASES = List.of("pgbackrest.dalibo.com", "cnpg-i-pgbackrest.dalibo.com");

    /** All of them, the own one first. */
    public static final List<String> ALL = List.of(OWN, ALIASES.get(0), ALIASES.get(1));

    private PluginName() {}
}
