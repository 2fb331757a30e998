package org.pgrehearsal.platform.k3s;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.process.Owner;
import org.pgrehearsal.undo.UndoStack;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Kubernetes of one node in a container on a Docker network of its own, with a mirror beside it where its images come from one. Any number may run
 * at the same time. What a killed process left is removed by the next start.
 */
public final class K3sNode implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(3);
    /** The lab's node looks for its mirror under this name. */
    private static final String MIRROR_NAME = "registry";

    private static final int MIRROR_PORT = 5000;

    private final UndoStack undo = new UndoStack();
    private final K3sContainer node;
    private final Network network;
    private final KubernetesClient client;

    private K3sNode(NodeImages images) {
        Map<String, String> label = Owner.self().label();
        network = Network.builder()
                .createNetworkCmdModifier(command -> command.withLabels(label))
                .build();
        node = new K3sContainer(DockerImageName.parse(images.node()).asCompatibleSubstituteFor("rancher/k3s"))
                .withNetwork(network)
                .withLabels(label)
                .withCommand(arguments())
                .withCreateContainerCmdModifier(K3sNode::publishHereOnly)
                .withStartupTimeout(READY);
        undo.push("remove the network of the node", network::close);
        try {
            images.mirror().ifPresent(mirror -> start(mirror, label));
            undo.push("remove the node", node::stop);
            node.start();
            client = undo.closing(
                    "close the client of the node",
                    new KubernetesClientBuilder()
                            .withConfig(Config.fromKubeconfig(kubeconfig()))
                            .build());
        } catch (ContainerLaunchException e) {
            MachineException failure =
                    new MachineException("the node " + images.node() + " did not become ready: " + lastWords(), e);
            undo.close();
            throw failure;
        }
    }

    /**
     * Starts a node and waits until pods can be made on it.
     *
     * @throws MachineException if Docker does not answer, an image is missing, or the node is not ready within three minutes
     */
    public static K3sNode start(NodeImages images) {
        wantInEnvironment("TESTCONTAINERS_RYUK_DISABLED=true", "it would pull an image to clean up with");
        wantInEnvironment("TESTCONTAINERS_CHECKS_DISABLE=true", "it would pull an image to try mounts with");
        if (Files.exists(Path.of("/.dockerenv"))) {
            wantInEnvironment(
                    "TESTCONTAINERS_HOST_OVERRIDE=localhost", "it would pull an image to find this machine with");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new MachineException("no Docker engine answers; run scripts/setup --for k3s, or start yours");
        }
        new Leftovers(DockerClientFactory.instance().client()).sweep();
        return new K3sNode(images);
    }

    /** Testcontainers reads some settings only from the environment; ./rehearse and Maven set them. */
    private static void wantInEnvironment(String setting, String reason) {
        if (System.getenv(setting.substring(0, setting.indexOf('='))) == null) {
            throw new MachineException("Testcontainers needs " + setting + " in the environment; without it " + reason);
        }
    }

    private static String[] arguments() {
        List<String> arguments = new ArrayList<>(List.of("server", "--disable=traefik"));
        if (Files.notExists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
            // Kubernetes has refused cgroup v1 since 1.35 unless it is told otherwise
            arguments.add("--kubelet-arg=fail-cgroupv1=false");
        }
        return arguments.toArray(String[]::new);
    }

    @SuppressWarnings("resource") // closed by the undo
    private void start(NodeImages.Mirror mirror, Map<String, String> label) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(mirror.image()))
                .withNetwork(network)
                .withNetworkAliases(MIRROR_NAME)
                .withLabels(label)
                .withFileSystemBind(mirror.data().toString(), "/var/lib/registry", BindMode.READ_ONLY)
                .withExposedPorts(MIRROR_PORT)
                .withCreateContainerCmdModifier(K3sNode::publishHereOnly)
                .waitingFor(Wait.forHttp("/v2/").forPort(MIRROR_PORT));
        undo.push("remove the mirror of the node", container::stop);
        container.start();
    }

    /** Nobody on the machine's networks is to find an API server there. */
    private static void publishHereOnly(CreateContainerCmd command) {
        List<PortBinding> bindings = Arrays.stream(Objects.requireNonNull(command.getExposedPorts()))
                .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), port))
                .toList();
        Objects.requireNonNull(command.getHostConfig()).withPortBindings(bindings);
    }

    private String lastWords() {
        try {
            List<String> said = node.getLogs().lines().toList();
            return said.isEmpty() ? "it said nothing" : said.getLast();
        } catch (RuntimeException e) {
            return "it has no log: " + e.getMessage();
        }
    }

    /** For cluster administrators, from this machine. YAML; holds a private key. */
    public String kubeconfig() {
        return node.getKubeConfigYaml();
    }

    /** An administrator's client, closed with the node. */
    public KubernetesClient client() {
        return client;
    }

    /** The node's IP address, at which this machine reaches the services of type NodePort. */
    public String address() {
        return Objects.requireNonNull(
                node.getContainerInfo()
                        .getNetworkSettings()
                        .getNetworks()
                        .values()
                        .iterator()
                        .next()
                        .getIpAddress(),
                "the node has no address on its network");
    }

    /** This machine's IP address as pods see it: what listens there, or on all addresses, can be reached by them. */
    public String hostAddress() {
        return DockerClientFactory.instance()
                .client()
                .inspectNetworkCmd()
                .withNetworkId(network.getId())
                .exec()
                .getIpam()
                .getConfig()
                .stream()
                .map(Ipam.Config::getGateway)
                .findFirst()
                .orElseThrow(() -> new MachineException("the Docker network " + network.getId() + " has no gateway"));
    }

    /** Removes the node, its mirror and its network. */
    @Override
    public void close() {
        undo.close();
    }
}
