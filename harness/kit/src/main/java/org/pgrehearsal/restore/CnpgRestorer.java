package org.pgrehearsal.restore;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.kubernetes.PodLogs;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.InstanceLog;
import org.pgrehearsal.system.cnpg.Manifests;
import org.pgrehearsal.system.cnpg.Origin;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.target.RecoveryLogParser;
import org.pgrehearsal.wal.Lsn;

/**
 * Carries out orders to restore with CloudNativePG: a new Cluster that is made from the backup. The operator replays in a pod of its own, always
 * promotes, and starts the first instance only then.
 */
public final class CnpgRestorer {
    /** The operator starts the server of a promoted replica again, to change {@code archive_mode} from always to on. */
    private static final String PROMOTED = "SELECT NOT pg_is_in_recovery() AND current_setting('archive_mode') = 'on'";

    private static final Duration DEADLINE = Duration.ofMinutes(6);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    /** What a plugin's sidecar says each time that it holds a recovery, rather than let it end short. */
    private static final String HOLDS = "recovery waits for the repository";
    /** Once may be a hiccup of the store. */
    private static final int HELD = 2;

    private final CnpgDatabase database;
    private final Manifests manifests;
    private final Path folder;
    private final Progress progress;
    private final Predicate<String> relief;
    private boolean relieved;

    /**
     * @param database is not there yet; its place is, and has our Secret for the superuser
     * @param folder   a new folder for the objects
     * @param relief   is told, with the sidecar's reason, when recovery is held; ends what holds it, or says that it cannot
     */
    public CnpgRestorer(
            CnpgDatabase database, Manifests manifests, Path folder, Progress progress, Predicate<String> relief) {
        this.database = database;
        this.manifests = manifests;
        this.folder = folder;
        this.progress = progress;
        this.relief = relief;
    }

    /** How far the restore is. */
    private enum Stage {
        ORDERED,
        /** The pod that restores is on a node, with its sidecar. */
        SCHEDULED,
        /** The base backup is there, and the server replays. */
        REPLAYING,
        PROMOTED,
        /** The operator calls the new cluster healthy. */
        READY,
        FAILED,
        /** It waits for what will not come. */
        HELD
    }

    /**
     * Restores and waits until the database answers, or until it is clear that it will not.
     *
     * @param settings of the source
     * @throws org.pgrehearsal.await.WaitFailed if neither happens in time
     */
    public Attempt restore(Origin origin, RestoreOrder order, Map<String, String> settings) throws Exception {
        Instant began = Instant.now();
        progress.phase("order the cluster", () -> {
            manifests.restored(database.place(), origin, order, folder, settings);
            return origin;
        });
        Stage reached = reach(List.of(Stage.SCHEDULED, Stage.REPLAYING, Stage.PROMOTED, Stage.READY));
        if (reached == Stage.FAILED) {
            return refused();
        }
        if (reached == Stage.HELD) {
            return new Attempt.Refused(Attempt.By.ENGINE, holds().getLast(), log());
        }
        return opened(began);
    }

    /**
     * Makes a replica cluster that follows the archive, and promotes it when it has replayed all of it.
     *
     * @param end where the archive ends
     * @throws org.pgrehearsal.await.WaitFailed if it never gets there
     */
    public Attempt follow(Origin origin, Lsn end) throws Exception {
        Instant began = Instant.now();
        progress.phase("order the replica cluster", () -> {
            manifests.following(database.place(), origin, folder);
            return origin;
        });
        if (reach(List.of(Stage.SCHEDULED, Stage.READY)) == Stage.FAILED) {
            return refused();
        }
        progress.phase("follow the archive to its end", () -> {
            database.awaitConnection(ANSWER);
            return Waiting.on("the replica in " + database.place().name() + " to replay up to " + end, DEADLINE)
                    .every(Duration.ofMillis(500))
                    .until(() -> database.ask("SELECT pg_last_wal_replay_lsn() >= '" + end + "'"), "t"::equals);
        });
        progress.phase("promote the replica", () -> {
            database.promote();
            Waiting.on("the replica in " + database.place().name() + " to take writes", DEADLINE)
                    .every(Duration.ofMillis(500))
                    .until(() -> database.ask(PROMOTED), "t"::equals);
            database.awaitReady(DEADLINE);
            return database;
        });
        return opened(began);
    }

    private Stage reach(List<Stage> stages) throws Exception {
        Stage reached = Stage.ORDERED;
        for (Stage next : stages) {
            if (reached.compareTo(next) < 0) {
                reached = progress.phase(phase(next), () -> await(seen -> seen.compareTo(next) >= 0));
            }
        }
        return reached;
    }

    private Attempt opened(Instant began) throws Exception {
        progress.phase("first answer", () -> {
            database.awaitConnection(ANSWER);
            return database;
        });
        Duration rto = Duration.between(began, Instant.now());
        return new Attempt.Opened(database, new SqlPages(database), false, log(), rto);
    }

    private static String phase(Stage next) {
        return switch (next) {
            case ORDERED, FAILED, HELD -> throw new IllegalArgumentException(next + " is not waited for");
            case SCHEDULED -> "reconcile and schedule";
            case REPLAYING -> "fetch the base backup";
            case PROMOTED -> "replay and promote";
            case READY -> "start the instance";
        };
    }

    private Stage await(Predicate<Stage> done) {
        return Waiting.on("the restore in " + database.place().name(), DEADLINE)
                .every(Duration.ofMillis(300))
                .until(this::look, done);
    }

    private Stage look() {
        List<Pod> pods = database.place().pods(Cnpg.pods(database.name()));
        if (pods.stream().anyMatch(CnpgRestorer::hasFailed)) {
            return Stage.FAILED;
        }
        if (database.isReady()) {
            return Stage.READY;
        }
        RecoveryLog log = log();
        if (log.complete()) {
            return Stage.PROMOTED;
        }
        List<String> holds = holds();
        if (!relieved && holds.size() >= HELD) {
            relieved = relief.test(holds.getLast());
            if (!relieved) {
                return Stage.HELD;
            }
        }
        if (log.redoStart() != null) {
            return Stage.REPLAYING;
        }
        boolean runs = pods.stream()
                .flatMap(CnpgRestorer::containers)
                .anyMatch(status -> status.getState().getRunning() != null);
        return runs ? Stage.SCHEDULED : Stage.ORDERED;
    }

    private static java.util.stream.Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream();
    }

    private static boolean hasFailed(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase())
                || containers(pod)
                        .anyMatch(status -> status.getState().getTerminated() != null
                                && status.getState().getTerminated().getExitCode() != 0);
    }

    /** The log of the recovery, as far as it is known. */
    private RecoveryLog log() {
        return RecoveryLogParser.parse(database.recoveryLog().stream());
    }

    private String pod() {
        return database.name() + "-1-" + Cnpg.RECOVERY;
    }

    /** Each time that the sidecar said that it holds the recovery, with the reason. */
    private List<String> holds() {
        return InstanceLog.saying(
                HOLDS, database.place().logs().lines(pod(), database.system().sidecar()));
    }

    private Attempt refused() {
        PodLogs logs = database.place().logs();
        String pod = pod();
        Waiting.on("the last words of the recovery in " + database.place().name(), LAST_WORDS)
                .every(Duration.ofMillis(200))
                .until(() -> InstanceLog.errors(logs.lines(pod, Cnpg.RECOVERY)).size(), size -> size > 0);
        RecoveryLog log = log();
        if (!log.fatal().isEmpty()) {
            return new Attempt.Refused(Attempt.By.SERVER, log.fatal().getFirst(), log);
        }
        List<String> errors = new ArrayList<>(
                InstanceLog.errors(logs.lines(pod, database.system().sidecar())));
        errors.addAll(InstanceLog.errors(logs.lines(pod, Cnpg.RECOVERY)));
        Optional<String> telling =
                errors.stream().filter(error -> !error.isBlank()).findFirst();
        return new Attempt.Refused(Attempt.By.ENGINE, telling.orElse("it did not say why"), log);
    }
}
