package org.pgrehearsal.plugin.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.plugin.Pause;
import org.pgrehearsal.plugin.backup.BackupReport;
import org.pgrehearsal.plugin.backup.BackupTaker;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.ApiError;
import org.pgrehearsal.plugin.kubernetes.Events;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.metrics.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a sidecar to Kubernetes. What cannot be told is logged and told the next time: no backup and no WAL waits for it. */
public final class Reporter implements BackupReport {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Api api;
    private final String path;
    private final String pod;
    private final Events events;
    private final ArchiveStatus status;
    private final ExpiredBackups expired;
    private volatile @Nullable JsonNode cluster;

    /**
     * The reporter of a pod.
     *
     * @param clusters CloudNativePG's kind, in the group that it runs under
     * @param name     of the Cluster
     */
    public Reporter(Api api, Kind clusters, String namespace, String name, String pod, Clock clock) {
        this.api = api;
        this.path = clusters.named(namespace, name);
        this.pod = pod;
        this.events = new Events(api, "plugin-pgbackrest", clock);
        this.status = new ArchiveStatus(api, clock);
        this.expired = new ExpiredBackups(api);
    }

    /** On the primary, causes a look at the repositories now and then, until it is interrupted. */
    public void run(Consumer<ClusterView> look) {
        while (!Thread.currentThread().isInterrupted()) {
            quietly(() -> read().map(ClusterView::of).filter(this::isPrimary).ifPresent(look));
            Pause.of(PAUSE);
        }
    }

    /** Takes a look at the repositories. */
    public void observed(ClusterView seenFor, Observation seen) {
        if (isPrimary(seenFor)) {
            quietly(() -> status.observed(seenFor, seen));
            quietly(() -> expired.delete(seenFor, seen)
                    .forEach(name -> events.normal(
                            seenFor.root(),
                            "BackupExpired",
                            "deleted Backup " + name + ": it is no longer in the repository")));
        }
    }

    @Override
    public void proven(ClusterView of, BackupTaker.Taken taken) {
        quietly(() -> status.proven(of, taken));
        quietly(() -> events.normal(
                of.root(),
                "BackupProven",
                "backup " + taken.backup().label() + " is complete: "
                        + taken.proof().segments()
                        + " segments of WAL and " + taken.proof().files() + " files were found in repo"
                        + taken.backup().repository()));
    }

    @Override
    public void failed(ClusterView of, String why) {
        quietly(() -> status.failed(of, why));
    }

    /** Something that somebody has to do something about. */
    public void warn(String reason, String message) {
        quietly(() -> {
            JsonNode known = cluster;
            Optional<JsonNode> about = known == null ? read() : Optional.of(known);
            about.ifPresent(one -> events.warning(one, reason, message));
        });
    }

    private Optional<JsonNode> read() {
        Optional<JsonNode> read = api.get(path);
        read.ifPresent(one -> cluster = one);
        return read;
    }

    private boolean isPrimary(ClusterView view) {
        return view.currentPrimary().equals(pod);
    }

    private static void quietly(Runnable telling) {
        try {
            telling.run();
        } catch (ApiError e) {
            LOG.warn("Kubernetes cannot be told: {}", e.getMessage());
        }
    }
}
