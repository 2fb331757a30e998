package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log of every container of a namespace from its first line on, one file for each start of each: an operator removes pods as soon as
 * they are done, and what they said with them.
 */
public final class PodLogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodLogs.class);
    private static final int LOOK_MILLIS = 250;

    private final KubernetesClient client;
    private final String namespace;
    private final Path folder;
    private final Set<String> followed = ConcurrentHashMap.newKeySet();
    private final Map<String, Path> kept = new ConcurrentHashMap<>();
    private final List<LogWatch> watches = new ArrayList<>();
    private final List<OutputStream> files = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread looker = Thread.ofVirtual().name("pod-logs").unstarted(this::look);

    PodLogs(KubernetesClient client, String namespace, Path folder) {
        this.client = client;
        this.namespace = namespace;
        this.folder = folder;
    }

    void start() {
        looker.start();
    }

    private void look() {
        try {
            do {
                lookOnce();
            } while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        try {
            for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
                Stream.concat(
                                pod.getStatus().getInitContainerStatuses().stream(),
                                pod.getStatus().getContainerStatuses().stream())
                        .filter(PodLogs::hasBegun)
                        .forEach(container -> follow(pod, container));
            }
        } catch (KubernetesClientException e) {
            LOG.debug("the pods of {}: {}", namespace, e.getMessage());
        }
    }

    private static boolean hasBegun(ContainerStatus container) {
        return container.getState().getRunning() != null || container.getState().getTerminated() != null;
    }

    private void follow(Pod pod, ContainerStatus container) {
        String name = pod.getMetadata().getName() + "." + container.getName();
        // a cluster that is made again has pods of the same names
        String start = pod.getMetadata().getUid() + "." + container.getName() + "." + container.getRestartCount();
        if (!followed.add(start)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path log = kept.computeIfAbsent(start, _ -> next(name));
            OutputStream file = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            synchronized (watches) {
                files.add(file);
                watches.add(client.pods()
                        .inNamespace(namespace)
                        .withName(pod.getMetadata().getName())
                        .inContainer(container.getName())
                        .watchLog(file));
            }
        } catch (KubernetesClientException e) {
            followed.remove(start);
            LOG.debug("the log of {} in {}: {}", name, namespace, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the log of " + name + ": " + e.getMessage(), e);
        }
    }

    /** The file of the next start of a container: they are counted from 0. */
    private Path next(String container) {
        int number = 0;
        while (kept.containsValue(file(container, number))) {
            number++;
        }
        return file(container, number);
    }

    private Path file(String container, int number) {
        return folder.resolve(container + "." + number + ".log");
    }

    /** What the containers of some name have said so far, of all pods whose name begins so, in the order of their names. */
    public List<String> lines(String pods, String container) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> logs = Files.list(folder)) {
            List<String> lines = new ArrayList<>();
            for (Path file : logs.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(pods) && name.contains("." + container + ".");
                    })
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the logs in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lookOnce();
        synchronized (watches) {
            watches.forEach(LogWatch::close);
            for (OutputStream file : files) {
                try {
                    file.close();
                } catch (IOException e) {
                    LOG.debug("closing a log of {}", namespace, e);
                }
            }
        }
    }
}
