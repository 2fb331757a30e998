package org.pgrehearsal.platform.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.process.Owner;

/** Containers and networks of ours: finds those whose owner was killed before it could take them away. */
final class Leftovers {
    private final DockerClient docker;

    Leftovers(DockerClient docker) {
        this.docker = docker;
    }

    /** Removes what belongs to processes that are gone, and nothing else. */
    void sweep() {
        for (Container container : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Owner.LABEL))
                .exec()) {
            if (isLeft(container.getLabels())) {
                quietly(() -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
            }
        }
        for (Network network : docker.listNetworksCmd()
                .withFilter("label", List.of(Owner.LABEL))
                .exec()) {
            if (isLeft(network.getLabels())) {
                quietly(() -> docker.removeNetworkCmd(network.getId()).exec());
            }
        }
    }

    private static boolean isLeft(Map<String, String> labels) {
        return Owner.in(labels).filter(Owner::isGone).isPresent();
    }

    /** Another run may sweep at the same time. */
    private static void quietly(Runnable removal) {
        try {
            removal.run();
        } catch (NotFoundException e) {
            // that is what was wanted
        }
    }
}
