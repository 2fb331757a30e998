package org.pgrehearsal.platform.k3s;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a node is made from.
 *
 * @param node   the image of the node: rancher/k3s, or one that keeps its outside contract
 * @param mirror where the node gets every other image; empty if it asks the registries that their names say
 */
public record NodeImages(String node, Optional<Mirror> mirror) {
    /**
     * A registry that stands for all others, whatever host a name begins with.
     *
     * @param image the registry's own image; it listens on port 5000
     * @param data  the folder of what it serves, as the distribution registry keeps it; it is only read
     */
    public record Mirror(String image, Path data) {}
}
