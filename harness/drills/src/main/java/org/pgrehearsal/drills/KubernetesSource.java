package org.pgrehearsal.drills;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.CnpgSource.Trouble;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.FaultRule;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Injection;
import org.pgrehearsal.store.Selector;
import org.pgrehearsal.system.cnpg.BackupOrder;
import org.pgrehearsal.system.cnpg.BackupSchedule;
import org.pgrehearsal.system.cnpg.BackupWay;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.Takeover;

/** The sources that drills on Kubernetes have, each made once in a run. */
enum KubernetesSource {
    USUAL("that was backed up while its writers ran", "source", 1, BackupOrder.OF_PRIMARY),
    SCHEDULED("with a backup that the schedule took", "source with a schedule", 1, new BackupSchedule()),
    OF_STANDBY(
            "with a backup of a standby, with three instances",
            "source with three instances",
            3,
            BackupOrder.OF_STANDBY),
    STORE_AWAY("whose store was away while its writers ran", "source whose store was away", 1, BackupOrder.OF_PRIMARY),
    SIDECAR_ENDED(
            "whose sidecar was ended several times while its writers ran",
            "source whose sidecar was ended",
            1,
            BackupOrder.OF_PRIMARY),
    FAILED_OVER("whose primary was deleted, and backed up again", "source that failed over", 3, BackupOrder.OF_PRIMARY),
    SWITCHED_OVER(
            "that was switched over, and backed up again", "source that was switched over", 3, BackupOrder.OF_PRIMARY);

    private static final Duration FAILING = Duration.ofMinutes(4);
    /** The server tries three times, a second apart, and then waits for a minute: so many failures take longer than that. */
    private static final long FAILURES = 5;

    private static final int ENDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String phrase;
    private final String what;
    private final int instances;

    @SuppressWarnings("ImmutableEnumChecker") // a record without components, or an enum
    private final BackupWay way;

    KubernetesSource(String phrase, String what, int instances, BackupWay way) {
        this.phrase = phrase;
        this.what = what;
        this.instances = instances;
        this.way = way;
    }

    /**
     * The source of a feature's phrase.
     *
     * @throws IllegalArgumentException if there is none; says which there are
     */
    static KubernetesSource named(String phrase) {
        return Arrays.stream(values())
                .filter(source -> source.phrase.equals(phrase))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source is called \"" + phrase + "\"; there are: "
                        + Arrays.stream(values()).map(source -> source.phrase).collect(Collectors.joining("; "))));
    }

    /** For progress and for the folder. */
    String what() {
        return what;
    }

    int instances() {
        return instances;
    }

    BackupWay way() {
        return way;
    }

    /** How a standby takes over when the writers are done, if one does. */
    Optional<Takeover> takeover() {
        return switch (this) {
            case FAILED_OVER -> Optional.of(Takeover.FAILOVER);
            case SWITCHED_OVER -> Optional.of(Takeover.SWITCHOVER);
            default -> Optional.empty();
        };
    }

    /** What happens while the writers run. */
    Trouble trouble(Gate store) {
        return switch (this) {
            case STORE_AWAY -> source -> away(store, source);
            case SIDECAR_ENDED -> KubernetesSource::endSidecar;
            default -> Trouble.NONE;
        };
    }

    /** Each time at another moment of what it may be doing, and again only when it is back. */
    private static void endSidecar(CnpgDatabase source) {
        for (int round = 1; round <= ENDS; round++) {
            int ends = round;
            try {
                source.shell(Cnpg.SIDECAR).run(PATIENCE, List.of("sh", "-c", "kill 1"));
            } catch (CommandFailed e) {
                // it may end with its container; whether that ended is seen below
            }
            Waiting.on("the sidecar to be started again after its " + ends + ". end", FAILING)
                    .every(Duration.ofMillis(500))
                    .until(() -> sidecar(source), seen -> seen.getRestartCount() >= ends && seen.getReady());
        }
    }

    private static ContainerStatus sidecar(CnpgDatabase source) {
        PodStatus pod = source.primaryPod().getStatus();
        return Stream.concat(pod.getInitContainerStatuses().stream(), pod.getContainerStatuses().stream())
                .filter(container -> container.getName().equals(Cnpg.SIDECAR))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the primary has no container " + Cnpg.SIDECAR));
    }

    /** The store answers nothing but errors until the server has given up several times, and the operator says so. */
    private static void away(Gate store, CnpgDatabase source) {
        try (Injection outage = store.inject(FaultRule.of(Selector.everything(), new Fault.Status(503)))) {
            Waiting.on("the server to fail " + FAILURES + " times to archive", FAILING)
                    .every(Duration.ofSeconds(1))
                    .until(() -> failures(source), failures -> failures >= FAILURES);
            Waiting.on("the operator to say that archiving fails", FAILING)
                    .every(Duration.ofSeconds(1))
                    .until(
                            () -> source.object().flatMap(cluster -> Cnpg.condition(cluster, "ContinuousArchiving")),
                            condition -> condition
                                    .filter(is -> is.status().equals("False"))
                                    .isPresent());
            if (outage.hits() == 0) {
                throw new Doubt("the outage never hit a request");
            }
        }
    }

    private static long failures(CnpgDatabase source) {
        try (Connection connection = source.connect(source.login().database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT failed_count FROM pg_stat_archiver")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask the archiver: " + e.getMessage(), e);
        }
    }
}
