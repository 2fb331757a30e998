package org.pgrehearsal.plugin;

import java.util.Optional;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.InvalidSettings;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.config.Settings;
import org.pgrehearsal.plugin.pgbackrest.DataDirectory;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.Place;

/**
 * The archives that a pod works with: the one that its cluster writes, and the one that it is made from.
 *
 * @param place where things are in this pod
 * @param pod   its name
 * @param definitions the Archives that are mounted in it
 */
public record Archives(Place place, String pod, Definitions definitions) {
    public DataDirectory data() {
        return new DataDirectory(place.pgData());
    }

    /** The archive that this cluster writes. */
    public PgBackRest own(ClusterView cluster) {
        PluginUse use = cluster.own()
                .orElseThrow(() -> Refusal.precondition(
                        "Cluster " + cluster.name() + " has no enabled entry of this plugin in spec.plugins"));
        return PgBackRest.prepare(settings(use), place, "own", data().systemIdentifier());
    }

    /** The archive that this cluster writes, before it has a data directory; empty if it writes none. */
    public Optional<PgBackRest> future(ClusterView cluster) {
        return cluster.own().map(use -> PgBackRest.prepare(settings(use), place, "own", "future"));
    }

    /** An archive that this cluster reads. */
    public PgBackRest source(PluginUse use) {
        return PgBackRest.prepare(settings(use), place, "source", use.owner());
    }

    private Settings settings(PluginUse use) {
        try {
            return use.settings(definitions);
        } catch (InvalidSettings invalid) {
            throw Refusal.badRequest(String.join(".", use.path()) + ": " + invalid.getMessage());
        }
    }
}
