package org.pgrehearsal.platform.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.lab.ImageSource;
import org.pgrehearsal.lab.Lab;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.process.Owner;
import org.testcontainers.DockerClientFactory;

/** On a Docker engine; builds the images if they are not there. */
@Tag("lab")
class K3sNodeIT {
    private static final Duration POD = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static NodeImages images;

    @BeforeAll
    static void images() {
        try (Lab lab = Lab.open(Path.of("../.."))) {
            images = lab.bring(Set.of(), ImageSource.ofThisMachine(), _ -> {});
        }
    }

    @Test
    void twoNodesRunPodsAtTheSameTimeAndReachThisMachine() throws IOException {
        try (K3sNode one = K3sNode.start(images);
                K3sNode other = K3sNode.start(images)) {
            assertThat(one.address()).isNotEqualTo(other.address());
            assertThat(fetched(one)).isEqualTo("from here");
            assertThat(fetched(other)).isEqualTo("from here");
        }
        assertThat(ours()).isZero();
    }

    /** What a pod gets from a server of this process. */
    private static String fetched(K3sNode node) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(node.hostAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 9);
                exchange.getResponseBody().write("from here".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        });
        server.start();
        try {
            String url =
                    "http://" + node.hostAddress() + ":" + server.getAddress().getPort();
            return log(node.client(), List.of("wget", "-q", "-O", "-", url));
        } finally {
            server.stop(0);
        }
    }

    private static String log(KubernetesClient client, List<String> command) {
        Pod pod = client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("once-")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("once")
                        .withImage("docker.io/library/busybox:1.37.0")
                        .withCommand(command)
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        Waiting.on("the end of the pod", POD)
                .until(
                        () -> Optional.ofNullable(client.resource(pod).get())
                                .map(seen -> seen.getStatus().getPhase())
                                .orElse("gone"),
                        "Succeeded"::equals,
                        phase -> "Failed".equals(phase) ? Optional.of(phase) : Optional.empty());
        return client.pods().resource(pod).getLog();
    }

    private static int ours() {
        return DockerClientFactory.instance()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Owner.self().label())
                .exec()
                .size();
    }

    @Test
    void aNodeThatCannotStartSaysWhyAndLeavesNothing() {
        NodeImages.Mirror mirror = images.mirror().orElseThrow();
        NodeImages broken = new NodeImages(mirror.image(), Optional.of(mirror));

        assertThatThrownBy(() -> K3sNode.start(broken))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("did not become ready");
        assertThat(ours()).isZero();
    }
}
