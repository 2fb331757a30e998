package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.pgrehearsal.gitops.Bootstrap;
import org.pgrehearsal.lab.ImageSource;
import org.pgrehearsal.lab.Lab;
import org.pgrehearsal.platform.k3s.K3sNode;
import org.pgrehearsal.platform.k3s.NodeImages;
import org.pgrehearsal.platform.kubernetes.Cluster;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.system.cnpg.CnpgPgBackRest;
import org.pgrehearsal.system.cnpg.Settings;
import org.pgrehearsal.undo.UndoStack;

/** A Kubernetes in a container for one run, brought up as a user does it: by Flux, from this repository. */
final class LabCluster implements AutoCloseable {
    private static final String FLUX = "flux";
    private static final String GARAGE = "garage";
    private static final int S3 = 3900;

    /** A run makes its databases itself. */
    private static final String DATABASES = "cnpg-barman";

    /** What is left out unless a run is about its backup system. */
    private static final Map<String, String> PLUGINS =
            Map.of(CnpgBarman.NAME, "plugin-barman-cloud", CnpgPgBackRest.NAME, "plugin-pgbackrest");

    /** Garage wants keys of these forms. */
    private static final String KEY_PREFIX = "GK";

    private static final int KEY_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    private final UndoStack undo = new UndoStack();
    private final Cluster cluster;
    private final Bootstrap bootstrap;
    private final StoreChoice store;

    private LabCluster(
            Path repository,
            Set<String> systems,
            StoreChoice choice,
            Path cache,
            Runner runner,
            Redaction redaction,
            Consumer<String> said) {
        try {
            Lab lab = undo.closing("close the lab", Lab.open(repository));
            NodeImages images = lab.bring(users(systems, choice), ImageSource.ofThisMachine(), said);
            K3sNode node = undo.closing("remove the node", K3sNode.start(images));
            said.accept("the node is ready");
            String secret = random(SECRET_BYTES);
            redaction.add("garage-secret-key", secret);
            Map<String, String> keys =
                    Map.of("S3_ACCESS_KEY_ID", KEY_PREFIX + random(KEY_BYTES), "S3_SECRET_ACCESS_KEY", secret);
            bootstrap = undo.closing(
                    "stop serving the work tree",
                    Bootstrap.run(
                            new Bootstrap.Place(
                                    repository, node, lab, cache, in(runner, FLUX), keys, without(systems, choice)),
                            said));
            // what the lab built is no k3s, and is not called that in reports
            String name = images.mirror().isPresent() ? "lab node" : "k3s";
            cluster = new Cluster(name, node.client(), node.address(), InetAddress.getByName(node.hostAddress()));
            store = choice instanceof StoreChoice.Garage ? garage(repository, node, keys) : choice;
        } catch (IOException e) {
            undo.close();
            throw new UncheckedIOException("cannot bring the platform up: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            undo.close();
            throw e;
        }
    }

    /**
     * Brings it up, and waits until everything that Flux applies is ready.
     *
     * @param systems the backup systems that it is for
     * @param choice of the run's store: Garage is brought up only if it is that
     * @param cache  where scripts/tools and the lab keep what they made
     * @param runner runs commands in the run's work directory as the user of this process
     * @param said   hears what is done, in one line each
     */
    static LabCluster start(
            Path repository,
            Collection<String> systems,
            StoreChoice choice,
            Path cache,
            Runner runner,
            Redaction redaction,
            Consumer<String> said) {
        return new LabCluster(repository, Set.copyOf(systems), choice, cache, runner, redaction, said);
    }

    private static Set<String> users(Set<String> systems, StoreChoice choice) {
        Set<String> users = new TreeSet<>(systems);
        users.add(FLUX);
        if (choice instanceof StoreChoice.Garage) {
            users.add(GARAGE);
        }
        return users;
    }

    /** Nobody is to wait for what a run does not use. */
    static Set<String> without(Set<String> systems, StoreChoice choice) {
        Set<String> parts = new TreeSet<>(Set.of(DATABASES));
        if (!(choice instanceof StoreChoice.Garage)) {
            parts.add(GARAGE);
        }
        PLUGINS.forEach((system, part) -> {
            if (!systems.contains(system)) {
                parts.add(part);
            }
        });
        return parts;
    }

    /** Lets this machine in to Garage, with the keys that the tree's Secret has. */
    private static StoreChoice garage(Path repository, K3sNode node, Map<String, String> keys) {
        Map<String, String> settings = Settings.read(repository);
        int port = Place.expose(
                node.client(), "storage", "garage-from-outside", S3, Map.of("app.kubernetes.io/name", GARAGE));
        S3Access access = new S3Access(
                URI.create("http://" + node.address() + ":" + port),
                Objects.requireNonNull(settings.get("S3_REGION")),
                Objects.requireNonNull(keys.get("S3_ACCESS_KEY_ID")),
                Objects.requireNonNull(keys.get("S3_SECRET_ACCESS_KEY")),
                null);
        return new StoreChoice.External(access, Objects.requireNonNull(settings.get("S3_BUCKET")), "");
    }

    private static Runner in(Runner runner, String name) throws IOException {
        Path place = Files.createDirectories(runner.place().resolve(name));
        return new Runner(runner.account(), place, runner.janitor(), runner.transcript());
    }

    /** A secret that nobody could guess, in hexadecimal digits. */
    static String random(int bytes) {
        byte[] secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    Cluster cluster() {
        return cluster;
    }

    /** What was chosen, or where the chosen store is now that it runs. */
    StoreChoice store() {
        return store;
    }

    /** What Flux is fed from: change the served copy, and Flux follows. */
    Bootstrap bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() {
        undo.close();
    }
}
