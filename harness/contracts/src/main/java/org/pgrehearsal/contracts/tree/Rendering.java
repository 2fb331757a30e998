package org.pgrehearsal.contracts.tree;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one entry makes: a cluster, or a chart with some values, or a component that no cluster uses.
 *
 * @param name      for messages
 * @param kind      which of these
 * @param manifests the objects
 * @param failures  what could not be rendered
 * @param lacks     variables that a Kustomization uses and nobody defines
 * @param given     names that a user of the chart has to provide, as they stand in the values; empty for a cluster
 * @param unused    settings of the cluster that nothing asks for, by the object that defines them
 */
public record Rendering(
        String name,
        Kind kind,
        List<Manifest> manifests,
        List<Failure> failures,
        List<Lack> lacks,
        String given,
        Map<String, Set<String>> unused) {
    /** What is rendered. */
    public enum Kind {
        CLUSTER,
        CHART,
        COMPONENT
    }

    /**
     * Something that could not be rendered.
     *
     * @param origin  of what
     * @param title   the object
     * @param problem what the tool said, in one line
     */
    public record Failure(Origin origin, String title, String problem) {}

    /**
     * A variable without a value.
     *
     * @param origin     the file that uses it
     * @param title      the object in it
     * @param expression as it is written
     * @param foreign    whether it is of a form that the tree may not use
     */
    public record Lack(Origin origin, String title, String expression, boolean foreign) {}

    /** The objects of a kind. */
    public List<Manifest> all(String group, String kind) {
        return manifests.stream().filter(object -> object.is(group, kind)).toList();
    }
}
