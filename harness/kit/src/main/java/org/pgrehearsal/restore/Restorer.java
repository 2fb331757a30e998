package org.pgrehearsal.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.Restoration;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.target.RecoveryLogParser;
import org.pgrehearsal.target.TargetAction;

/** Carries out orders to restore on the local platform. */
public final class Restorer {
    private static final Duration REPLAY = Duration.ofMinutes(5);
    private static final Duration PAGES = Duration.ofMinutes(20);
    private static final Preparation DRILL = (_, restored) -> restored.with(LocalPlatform.restoredSettings());
    private static final Duration LOOK = Duration.ofMillis(60);

    private final LocalSystem system;
    private final Preparation preparation;
    private final Duration patience;

    public Restorer(LocalSystem system) {
        this(system, DRILL, REPLAY);
    }

    /**
     * With another last step before the server starts.
     *
     * @param patience how long replay may take, and, if it is longer than 20 minutes, a look at all pages
     */
    public Restorer(LocalSystem system, Preparation preparation, Duration patience) {
        this.system = system;
        this.preparation = preparation;
        this.patience = patience;
    }

    /**
     * Restores and waits until the database answers, at its target or promoted, or until it is clear that it will not.
     *
     * @param cluster an empty cluster; the caller closes it
     * @throws org.pgrehearsal.await.WaitFailed if neither happens in time
     */
    public Attempt restore(PostgresCluster cluster, Site site, RestoreOrder order, Progress progress) throws Exception {
        Instant began = Instant.now();
        Restoration restoration = progress.phase("restore", () -> system.restore(cluster, site, order));
        return switch (restoration) {
            case Restoration.Refused refused -> new Attempt.Refused(Attempt.By.ENGINE, refused.reason(), log(cluster));
            case Restoration.Running _ -> opened(cluster, false, began);
            case Restoration.Ready ready -> replay(cluster, ready.server(), order, progress, began);
        };
    }

    /**
     * Restores, promotes, and lets the new primary archive into its own archive. The site must be a copy that may be written to.
     *
     * @throws IllegalStateException if the system refuses
     * @throws org.pgrehearsal.await.WaitFailed if the server does not promote in time
     */
    public void promote(PostgresCluster cluster, Site site, RestoreOrder order) {
        if (!(system.restore(cluster, site, order) instanceof Restoration.Ready ready)) {
            throw new IllegalStateException(system.name() + " refused to restore what is to be promoted");
        }
        ServerConfig archiving = system.archiving(cluster, site);
        Map<String, String> settings = new HashMap<>(LocalPlatform.sourceSettings());
        settings.putAll(ready.server().settings());
        settings.putAll(archiving.settings());
        Map<String, String> environment = new HashMap<>(ready.server().environment());
        environment.putAll(archiving.environment());
        cluster.launch(settings, environment);
        try (Recovery recovery = new Recovery(cluster)) {
            Waiting.on("the restored server to promote itself", REPLAY)
                    .every(LOOK)
                    .until(
                            recovery::look,
                            seen -> seen == Recovery.State.OPEN,
                            seen -> seen == Recovery.State.ENDED ? cluster.whyDead() : Optional.empty());
        }
        // only now is the port known that a backup connects to
        system.initialise(cluster, site);
    }

    private Attempt replay(
            PostgresCluster cluster, ServerConfig config, RestoreOrder order, Progress progress, Instant began)
            throws Exception {
        ServerConfig server = preparation.prepare(cluster, config);
        return progress.phase("replay", () -> {
            cluster.launch(server.settings(), server.environment());
            try (Recovery recovery = new Recovery(cluster)) {
                Recovery.State state = Waiting.on(
                                "recovery to reach " + order.target().label(), patience)
                        .every(LOOK)
                        .until(recovery::look, seen -> seen != Recovery.State.REPLAYING);
                return switch (state) {
                    case PAUSED -> opened(cluster, true, began);
                    case OPEN -> opened(cluster, false, began);
                    case ENDED, REPLAYING -> refused(cluster, order);
                };
            }
        });
    }

    private static Attempt refused(PostgresCluster cluster, RestoreOrder order) {
        RecoveryLog log = log(cluster);
        boolean asked = order.action() == TargetAction.SHUTDOWN && log.fatal().isEmpty();
        String reason = asked
                ? "the server shut down at its target, as it was asked to"
                : cluster.whyDead().orElse("the server ended");
        return new Attempt.Refused(Attempt.By.SERVER, reason, log);
    }

    private Attempt opened(PostgresCluster cluster, boolean paused, Instant began) {
        return new Attempt.Opened(
                cluster, pages(cluster), paused, log(cluster), Duration.between(began, Instant.now()));
    }

    private Pages pages(PostgresCluster cluster) {
        return new ToolPages(cluster, patience.compareTo(PAGES) > 0 ? patience : PAGES);
    }

    static RecoveryLog log(PostgresCluster cluster) {
        return RecoveryLogParser.parse(cluster.logLines().stream());
    }
}
