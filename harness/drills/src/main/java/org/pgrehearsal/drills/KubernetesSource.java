package org.pgrehearsal.drills;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.pgrehearsal.course.PodSource.Trouble;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.cnpg.BackupOrder;
import org.pgrehearsal.system.cnpg.BackupSchedule;
import org.pgrehearsal.system.cnpg.BackupWay;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.Takeover;

/** The sources that drills on Kubernetes have, each made once in a run. */
enum KubernetesSource {
    USUAL("that was backed up while its writers ran", "source"),
    SCHEDULED("with a backup that the schedule took", "source with a schedule"),
    OF_STANDBY("with a backup of a standby, with three instances", "source with three instances"),
    AFTER_ONE_CUT_SHORT(
            "with a backup after one whose sidecar was ended in the middle", "source whose backup was cut short"),
    STORE_AWAY("whose store was away while its writers ran", "source whose store was away"),
    STORE_FULL("whose store was full while its writers ran", "source whose store was full"),
    KEY_ROTATED("whose store's key was rotated while its writers ran", "source whose key was rotated"),
    KEY_REVOKED("whose store's key was revoked too early while its writers ran", "source whose key was revoked"),
    KEY_MISTYPED("whose store's key was mistyped while its writers ran", "source whose key was mistyped"),
    SIDECAR_ENDED("whose sidecar was ended several times while its writers ran", "source whose sidecar was ended"),
    MEMORY_128("whose sidecar may use 128Mi of memory", "source with 128Mi for its sidecar"),
    MEMORY_256("whose sidecar may use 256Mi of memory", "source with 256Mi for its sidecar"),
    MEMORY_512("whose sidecar may use 512Mi of memory", "source with 512Mi for its sidecar"),
    EXPIRED("whose older backup has expired", "source whose older backup expired"),
    CHAINED("that was backed up in a chain, and archives in the background", "source with a chain of backups"),
    DELETED("whose primary was deleted while its writers ran", "source whose primary was deleted"),
    SWITCHED_OVER("that was switched over while its writers ran", "source that was switched over"),
    KILLED("whose primary was killed while its writers ran", "source whose primary was killed"),
    SYNCHRONOUS(
            "whose commits wait for a standby, and whose primary was killed while its writers ran",
            "synchronous source whose primary was killed"),
    INTERRUPTED(
            "whose primary was deleted while it was backed up and its writers ran",
            "source whose primary was deleted during a backup");

    private static final Duration TAKEOVER = Duration.ofMinutes(4);
    private static final int ENDS = 3;

    private final String phrase;
    private final String what;

    KubernetesSource(String phrase, String what) {
        this.phrase = phrase;
        this.what = what;
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

    /** What differs in its settings; the restored database has the same, but one instance. */
    Map<String, String> settings() {
        return switch (this) {
            case OF_STANDBY, DELETED, SWITCHED_OVER, KILLED, SYNCHRONOUS, INTERRUPTED ->
                Map.of("POSTGRES_INSTANCES", "3");
            case MEMORY_128 -> memory("128Mi");
            case MEMORY_256 -> memory("256Mi");
            case MEMORY_512 -> memory("512Mi");
            case EXPIRED -> Map.of("BACKUP_RETENTION", "1d");
            default -> Map.of();
        };
    }

    /** Of the sidecar, as the component of each system has it. */
    private static Map<String, String> memory(String limit) {
        return Map.of("BACKUP_SIDECAR_MEMORY", limit, "PGBACKREST_SIDECAR_MEMORY", limit);
    }

    /** The backups that are taken while its writers run, in order. */
    List<BackupKind> backups() {
        return switch (this) {
            case EXPIRED, DELETED, SWITCHED_OVER, KILLED, SYNCHRONOUS, INTERRUPTED ->
                List.of(BackupKind.FULL, BackupKind.FULL);
            case CHAINED -> List.of(BackupKind.FULL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL);
            default -> List.of(BackupKind.FULL);
        };
    }

    /** How its backup comes about. */
    BackupWay way(Gate store, Consumer<String> told) {
        return switch (this) {
            case SCHEDULED -> new BackupSchedule();
            case OF_STANDBY -> BackupOrder.OF_STANDBY;
            case AFTER_ONE_CUT_SHORT -> new BackupCutShort(store);
            case INTERRUPTED -> new BackupDuringTakeover(store, Takeover.DELETION, told);
            default -> BackupOrder.OF_PRIMARY;
        };
    }

    /** Whether a standby takes over while its writers run. */
    boolean isTakenOver() {
        return switch (this) {
            case DELETED, SWITCHED_OVER, KILLED, SYNCHRONOUS, INTERRUPTED -> true;
            default -> false;
        };
    }

    /** Whether its commits wait for a standby. */
    boolean synchronous() {
        return this == SYNCHRONOUS;
    }

    /** How long its writers wait for a server that takes writes; zero if they must not lose theirs. */
    Duration patience() {
        return isTakenOver() ? TAKEOVER : Duration.ZERO;
    }

    /** What happens to a source while its writers run. */
    Trouble trouble(StoreTroubles store, CnpgDatabase source) {
        return switch (this) {
            case STORE_AWAY -> () -> store.away(source);
            case STORE_FULL -> () -> store.full(source);
            case KEY_ROTATED -> () -> store.rotateKey(source);
            case KEY_REVOKED -> () -> store.revokeKey(source);
            case KEY_MISTYPED -> () -> store.mistypeKey(source);
            case SIDECAR_ENDED -> () -> endSidecar(source);
            case DELETED -> () -> Takeover.DELETION.happen(source);
            case SWITCHED_OVER -> () -> Takeover.SWITCHOVER.happen(source);
            case KILLED, SYNCHRONOUS -> () -> Takeover.KILL.happen(source);
            default -> Trouble.NONE;
        };
    }

    /** Each time at another moment of what it may be doing, and again only when it is back. */
    private static void endSidecar(CnpgDatabase source) {
        for (int round = 1; round <= ENDS; round++) {
            Sidecar.end(source);
        }
    }
}
