package org.pgrehearsal.course;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pgrehearsal.platform.kubernetes.Delivery;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.platform.kubernetes.Shell;

/** The {@code pg_waldump} of a pod that does nothing else: segments go there by copy, once each. */
public final class PodWalDumper implements WalDumper {
    private static final String NAME = "pg-waldump";
    private static final String FOLDER = "/wal";
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final Place place;
    private final Set<Path> sent = new HashSet<>();

    private PodWalDumper(Place place) {
        this.place = place;
    }

    /**
     * Starts the pod.
     *
     * @param image with {@code pg_waldump} of the sources' major version on its path
     */
    public static PodWalDumper start(Place place, String image) {
        place.apply(List.of(new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName(NAME)
                .withImage(image)
                .withCommand("sleep", "infinity")
                .addNewVolumeMount()
                .withName(NAME)
                .withMountPath(FOLDER)
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName(NAME)
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build()));
        PodWalDumper dumper = new PodWalDumper(place);
        dumper.pod().waitUntilReady(START.toSeconds(), TimeUnit.SECONDS);
        return dumper;
    }

    private PodResource pod() {
        return place.cluster().client().pods().inNamespace(place.name()).withName(NAME);
    }

    @Override
    public void dump(Path directory, List<String> options, Consumer<String> lines) {
        String there = FOLDER + directory.toAbsolutePath();
        send(directory, there);
        List<String> argv = new ArrayList<>(List.of("pg_waldump", "--path=" + there));
        argv.addAll(options);
        shell().run(DEADLINE, lines, argv);
    }

    /** Into its container, which has all of PostgreSQL's programs. */
    public Shell shell() {
        return new Shell(place.cluster().client(), place.name(), NAME, NAME);
    }

    private synchronized void send(Path directory, String there) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> missing =
                    files.filter(file -> !sent.contains(file)).sorted().toList();
            if (!missing.isEmpty()) {
                Delivery.bring(missing, place.cluster().machine(), shell(), there, DEADLINE);
                sent.addAll(missing);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}
