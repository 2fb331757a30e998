package org.pgrehearsal.plugin.config;

import org.pgrehearsal.plugin.Refusal;

/** Where Archives are found: in the API, or mounted in a pod. */
public interface Definitions {
    /** Where there are none, as in a pod whose Cluster describes its archive by parameters. */
    Definitions NONE = (namespace, name) -> {
        throw Refusal.precondition("Archive " + namespace + "/" + name + " cannot be read here");
    };

    /**
     * An Archive by its name.
     *
     * @throws Refusal         if it is not there, with what to do
     * @throws InvalidSettings if it cannot be meant so
     */
    Definition archive(String namespace, String name);
}
