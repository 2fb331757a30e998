package org.pgrehearsal.gitops;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.pgrehearsal.lab.Lab;
import org.pgrehearsal.platform.k3s.K3sNode;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.undo.UndoStack;

/** The platform of a work tree on a node: what Flux makes of {@code clusters/drill}, and what it is fed from while this is open. */
public final class Bootstrap implements AutoCloseable {
    private static final String CLUSTER = "drill";
    private static final Duration SCRIPT = Duration.ofMinutes(2);
    private static final Duration READY = Duration.ofMinutes(8);
    /** The name that {@code clusters/drill} has for the charts: Service and namespace. */
    private static final String CHARTS = "charts";

    private static final String LAB = "lab";

    private final UndoStack undo = new UndoStack();
    private final Place place;
    private final WorkTree tree;
    private final Path ageKey;

    private Bootstrap(Place place, WorkTree tree, Path ageKey) {
        this.place = place;
        this.tree = tree;
        this.ageKey = ageKey;
    }

    /** The served copy: change it, {@link WorkTree#push}, and Flux follows. */
    public WorkTree tree() {
        return tree;
    }

    /** The private age key that this copy's Secrets are encrypted for. */
    public Path ageKey() {
        return ageKey;
    }

    /** What Flux does with it. */
    public Flux flux() {
        return new Flux(place.node().client());
    }

    /**
     * The variables by which somebody at a shell reaches the cluster with {@code kubectl}, and commits and pushes with {@code git}: nothing else is
     * needed to work with a clone.
     */
    public Map<String, String> shell() {
        Map<String, String> environment = new HashMap<>(WorkTree.who());
        environment.put(
                "PATH",
                place.tool("sops").getParent() + ":" + place.lab().kubectl().getParent() + ":" + System.getenv("PATH"));
        environment.put("KUBECONFIG", kubeconfig().toString());
        return environment;
    }

    /**
     * Lets the tree's databases go to another store, as a user does it: settings and encrypted Secrets are written in the served copy, and not pushed
     * yet.
     *
     * @param store {@code S3_ENDPOINT}, {@code S3_REGION}, {@code S3_BUCKET} and the two keys
     */
    public void useStore(Map<String, String> store) {
        script(store, "--rotate-keys", "--prepare");
    }

    /**
     * Where it is done, and with what.
     *
     * @param repository the work tree, which is only read
     * @param node       a fresh one
     * @param lab        where charts and kubectl come from
     * @param cache      the folder of scripts/tools
     * @param runner     runs git and the scripts, in an empty work directory, and not as another user
     * @param keys       the store's {@code S3_ACCESS_KEY_ID} and {@code S3_SECRET_ACCESS_KEY}
     * @param without    what is left out: folders of {@code kubernetes/flux/leave-out}
     */
    public record Place(
            Path repository,
            K3sNode node,
            Lab lab,
            Path cache,
            Runner runner,
            Map<String, String> keys,
            Set<String> without) {
        private Path tool(String name) {
            return cache.resolve("tools/bin").resolve(name);
        }
    }

    /**
     * Brings the platform up and waits until all of it is ready.
     *
     * @param said hears what is done, in one line each
     * @throws org.pgrehearsal.await.WaitFailed if something is not ready after eight minutes, with what it says
     */
    public static Bootstrap run(Place place, Consumer<String> said) {
        if (place.runner().account().switches()) {
            throw new IllegalArgumentException(
                    "the repository is its owner's; run as " + Account.self().name());
        }
        Path work = place.runner().place();
        WorkTree tree = WorkTree.copy(place.repository(), work.resolve("git/pgrehearsal"), place.runner());
        Bootstrap bootstrap = new Bootstrap(place, tree, work.resolve("drill.agekey"));
        try {
            bootstrap.start(said);
            return bootstrap;
        } catch (RuntimeException e) {
            bootstrap.close();
            throw e;
        }
    }

    private void start(Consumer<String> said) {
        Path charts = folder(place.runner().place().resolve("charts"));
        Path crds = place.cache().resolve("tools/crds");
        FluxInstall flux =
                new FluxInstall(place.node().client(), crds, place.repository().resolve("lab/flux.yaml"));
        flux.apply();
        said.accept("Flux is installed");
        new LabCharts(place.lab().modules(), crds).write(charts);
        GitBackend git = new GitBackend(place.runner(), tree.above());
        TreeServer server = undo.closing(
                "stop serving the work tree", TreeServer.start(place.node().hostAddress(), git, charts));
        Applied applied = new Applied(place.node().client());
        announceCharts(applied, place.node().hostAddress(), server.port());
        new PluginCertificates(applied).apply();
        tree.follow(server.url() + GitBackend.PREFIX + tree.repositoryName());
        tree.push("The work tree as it is");
        leaveOut();
        flux.awaitReady();
        script(place.keys(), "--push");
        said.accept("clusters/" + CLUSTER + " is applied");
        new Reconciled(place.node().client()).await(READY);
        said.accept("everything is ready");
    }

    /** As a user does it in his fork. */
    private void leaveOut() {
        for (String part : place.without()) {
            place.runner()
                    .run(Command.of(
                                    place.tool("kustomize"),
                                    "edit",
                                    "add",
                                    "component",
                                    "../../kubernetes/flux/leave-out/" + part)
                            .in(tree.folder().resolve("clusters").resolve(CLUSTER))
                            .within(SCRIPT))
                    .orFail();
        }
    }

    private void script(Map<String, String> inputs, String... options) {
        Map<String, String> environment = new HashMap<>(inputs);
        environment.putAll(shell());
        List<String> argv = new ArrayList<>(
                List.of("scripts/bootstrap", "--cluster", CLUSTER, "--yes", "--age-key", ageKey.toString()));
        argv.addAll(List.of(options));
        place.runner()
                .run(Command.of(argv).with(environment).in(tree.folder()).within(SCRIPT))
                .orFail();
    }

    private Path kubeconfig() {
        Path file = place.runner().place().resolve("kubeconfig");
        try {
            return place.runner().account().writePrivate(file, place.node().kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the kubeconfig: " + e.getMessage(), e);
        }
    }

    /** The charts under the name that the tree has for them, though they are outside the cluster. */
    private static void announceCharts(Applied applied, String address, int port) {
        applied.all(List.of(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(LAB)
                        .endMetadata()
                        .build(),
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(CHARTS)
                        .withNamespace(LAB)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withName("http")
                        .withPort(80)
                        .withTargetPort(new IntOrString(port))
                        .endPort()
                        .endSpec()
                        .build(),
                new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withName(CHARTS)
                        .withNamespace(LAB)
                        .addToLabels("kubernetes.io/service-name", CHARTS)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewEndpoint()
                        .withAddresses(address)
                        .endEndpoint()
                        .addNewPort()
                        .withName("http")
                        .withPort(port)
                        .endPort()
                        .build()));
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path + ": " + e.getMessage(), e);
        }
    }

    /** Stops feeding Flux; what it made stays. */
    @Override
    public void close() {
        undo.close();
    }
}
