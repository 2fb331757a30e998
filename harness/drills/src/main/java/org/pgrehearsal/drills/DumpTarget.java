package org.pgrehearsal.drills;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Jobs;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.platform.kubernetes.Shell;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.DumpRestorer;
import org.pgrehearsal.restore.SqlPages;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.FaultRule;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Injection;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.store.Selector;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.chart.DumpedDatabase;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.target.RecoveryLogParser;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/** A database of a drill's own with a release of the chart, to which things are done as its owner would do them: by values. */
final class DumpTarget {
    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final Duration SCHEDULE = Duration.ofMinutes(3);
    private static final Duration UPLOAD = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** What a table of its own answers. */
    private static final String OWN = "SELECT string_agg(n::text, ',') FROM own";

    private static final String OWN_ROWS = "1,2,3";

    /** In the pod of a dump, a line for each right that it has and does not need. */
    private static final String RIGHTS = """
            [ "$(id -u)" = 999 ] || echo "it runs as user $(id -u)"
            for folder in / /etc /scripts /tmp /root /usr/bin; do
              { echo x > "$folder/rehearsal"; } 2>/dev/null && echo "it can write to $folder"
            done
            echo x > /work/rehearsal || echo 'it cannot write to its work folder'
            [ ! -e /var/run/secrets/kubernetes.io ] || echo 'it has a token for the API'
            grep -q '^CapEff:[[:space:]]*0*$' /proc/self/status || echo "it has capabilities: $(grep ^CapEff /proc/self/status)"
            grep -q '^NoNewPrivs:[[:space:]]*1$' /proc/self/status || echo 'it may gain privileges'
            grep -q '^Seccomp:[[:space:]]*2$' /proc/self/status || echo 'its system calls are not filtered'
            echo looked
            """;

    private final Drill drill;
    private final CnpgDatabase database;
    private final DumpedDatabase dumped;
    private final Gate gate;
    private final Bucket bucket;
    private final @Nullable Course course;
    private Jobs.@Nullable Ended last;
    private @Nullable Inventory before;
    private Instant ordered = Instant.EPOCH;
    private List<String> rights = List.of();

    private DumpTarget(
            Drill drill,
            CnpgDatabase database,
            DumpedDatabase dumped,
            Gate gate,
            Bucket bucket,
            @Nullable Course course) {
        this.drill = drill;
        this.database = database;
        this.dumped = dumped;
        this.gate = gate;
        this.bucket = bucket;
        this.course = course;
    }

    /**
     * Makes one, with a store of its own.
     *
     * @param course whose dumps are in that store; null if none are
     * @param table  whether it has something in it
     */
    static DumpTarget make(Drill drill, @Nullable Course course, boolean table) throws Exception {
        DumpLane lane = DumpLane.of(drill);
        Place place = lane.place(drill);
        Bucket bucket = course == null ? lane.newBucket() : lane.copyOf(course);
        Gate gate = drill.gate(Gate.Policy.READ_WRITE);
        CnpgDatabase database = lane.database(place);
        DumpedDatabase dumped = lane.dumped(place, drill.folder());
        DumpTarget target = new DumpTarget(drill, database, dumped, gate, bucket, course);
        drill.progress().phase("make another database", () -> {
            dumped.makeDatabase();
            database.awaitReady(READY);
            database.awaitConnection(ANSWER);
            execute(database, "CREATE EXTENSION amcheck");
            if (table) {
                execute(database.asOwner(), "CREATE TABLE own AS SELECT generate_series(1, 3) AS n");
            }
            return target;
        });
        return target;
    }

    private static void execute(CnpgDatabase where, String statement) throws SQLException {
        try (Connection connection = where.connect(LedgerSchema.DATABASE);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private void release(S3Access access, String name, Map<String, ?> values) {
        dumped.release(access, name, DumpLane.above(bucket), values);
    }

    private void release(Map<String, ?> values) {
        release(gate.access(), bucket.name(), values);
    }

    private Jobs.Ended last() {
        if (last == null) {
            throw new IllegalStateException("no Job was ordered");
        }
        return last;
    }

    private Course source() {
        if (course == null) {
            throw new IllegalStateException("there is no source");
        }
        return course;
    }

    private Map<String, Object> restoring(boolean force) {
        String object = source().site().bucket().prefix() + source().backup().label();
        return Map.of("restore", Map.of("object", object, "force", force));
    }

    /** Restores the source's dump, as an owner does: the bucket keeps a record of it. */
    void restore(boolean force) throws Exception {
        Set<String> known = dumped.restores();
        before = bucket.inventory();
        ordered = Instant.now();
        last = drill.progress().phase(force ? "restore by force" : "restore", () -> {
            release(restoring(force));
            return dumped.awaitRestore(known);
        });
    }

    /** The last restore, judged. */
    Restore judged() throws Exception {
        Jobs.Ended ended = last();
        RecoveryLog none = RecoveryLogParser.parse(Stream.of());
        Attempt attempt = ended.succeeded()
                ? new Attempt.Opened(
                        database, new SqlPages(database), false, none, Duration.between(ordered, Instant.now()))
                : new Attempt.Refused(Attempt.By.ENGINE, DumpRestorer.reason(ended.log()), none);
        return Restore.judge(
                drill,
                source(),
                RestoreOrder.latest(source().backup()),
                attempt,
                bucket,
                Objects.requireNonNull(before, "a restore"),
                gate,
                null,
                false);
    }

    /** The last restore was refused, for a reason, and nothing was changed. */
    void demandRefused(String words) {
        demandFailed("the restore", words);
        demandOwn();
    }

    private void demandFailed(String what, String words) {
        String reason = DumpRestorer.reason(last().log());
        if (last().succeeded()) {
            throw drill.refute(Finding.of(Anomaly.UNDETECTED, what + " had to fail (" + words + ") and did not"));
        }
        if (!reason.contains(words)) {
            throw drill.refute(
                    Finding.of(Anomaly.REFUSED, what + " failed, but does not say \"" + words + "\": " + reason));
        }
        drill.summarise("loud: " + reason);
        drill.checked();
    }

    private void demandOwn() {
        String own = database.asOwner().ask(OWN);
        if (!own.equals(OWN_ROWS)) {
            throw drill.refute(
                    Finding.of(Anomaly.ALTERED, "the database's own table answers " + own + " instead of " + OWN_ROWS));
        }
        drill.checked();
    }

    /** Writes to the restored database, and lets an upgrade find that the Job is gone. */
    void goOnAndUpgrade() throws Exception {
        if (!last().succeeded()) {
            throw new Doubt("the first restore failed: " + DumpRestorer.reason(last().log()));
        }
        execute(database.asOwner(), "CREATE TABLE own AS SELECT generate_series(1, 3) AS n");
        // Flux waits for the Job, and would wait for one that is gone
        dumped.awaitInstalled();
        new Jobs(dumped.place()).remove(last().name());
        last = drill.progress().phase("upgrade", () -> {
            Map<String, Object> values = new HashMap<>(restoring(false));
            values.put("controllers", Map.of("cronjob", Map.of("schedule", "11 4 * * *", "suspend", true)));
            release(values);
            return dumped.awaitRestore(Set.of());
        });
    }

    /** The Job that was made again did nothing. */
    void demandDoneAlready(String words) {
        if (!last().succeeded() || last().log().stream().noneMatch(line -> line.contains(words))) {
            throw drill.refute(Finding.of(
                    Anomaly.UNDETECTED,
                    "the Job that was made again did not say \"" + words + "\": " + String.join("; ", last().log())));
        }
        drill.checked();
        demandOwn();
    }

    /** Dumps it in some trouble. */
    void dumpAlthough(String trouble) throws Exception {
        S3Access access = gate.access();
        String name = bucket.name();
        Map<String, Object> values = new HashMap<>();
        // the trouble stays, so another try is only time
        values.put("controllers", Map.of("cronjob", Map.of("suspend", true, "backoffLimit", 0)));
        List<FaultRule> faults = new ArrayList<>();
        Selector writes = Selector.method("PUT", "POST");
        switch (trouble) {
            case "the role's password is wrong" -> {
                Map<String, String> login = new HashMap<>(dumped.place().readSecret(database.name() + "-app"));
                login.put("password", "wrong");
                dumped.place().secret("wrong-app", "Opaque", login);
                values.put("cnpg", Map.of("secretName", "wrong-app"));
            }
            case "nothing listens at the database's port" -> values.put("cnpg", Map.of("port", 5433));
            case "the store's key is wrong" ->
                access = new S3Access(
                        access.endpoint(),
                        access.region(),
                        access.accessKey(),
                        "not-" + access.secretKey(),
                        access.caCertificate());
            case "the bucket is missing" -> name = name + "-missing";
            case "the store is full" -> faults.add(FaultRule.of(writes, new Fault.Status(507)));
            case "the store loses what it was given" -> faults.add(FaultRule.of(writes, new Fault.StoredNowhere()));
            case "the store gives back other bytes" ->
                faults.add(FaultRule.of(Selector.key("\\.dump$").and(Selector.method("GET")), new Fault.FlipByte(99)));
            default -> throw new IllegalArgumentException("no trouble of a dump is called: " + trouble);
        }
        release(access, name, values);
        dumped.awaitInstalled();
        for (FaultRule fault : faults) {
            drill.undo().closing("end the fault", gate.inject(fault));
        }
        last = drill.progress().phase("dump", dumped::dump);
    }

    /** It failed, said why, and left no manifest. */
    void demandFailed(String words) {
        demandFailed("the dump", words);
        List<String> manifests = manifests();
        if (!manifests.isEmpty()) {
            throw drill.refute(Finding.of(
                    Anomaly.UNDETECTED, "the dump failed, and the store holds a manifest of it: " + manifests));
        }
        drill.checked();
    }

    private List<String> manifests() {
        return bucket.list("").stream()
                .map(StoredObject::key)
                .filter(key -> key.endsWith("/manifest.json"))
                .toList();
    }

    /** Lets the schedule take one. */
    void awaitSchedule() throws Exception {
        release(Map.of("controllers", Map.of("cronjob", Map.of("schedule", "* * * * *", "suspend", false))));
        dumped.awaitInstalled();
        drill.progress()
                .phase(
                        "wait for the schedule",
                        () -> Waiting.on("the schedule to take a dump", SCHEDULE)
                                .every(Duration.ofMillis(500))
                                .until(this::manifests, seen -> !seen.isEmpty()));
    }

    /** There is a dump. */
    void demandDump() {
        if (manifests().isEmpty()) {
            throw drill.refute(Finding.of(Anomaly.BACKUP_INCOMPLETE, "the store holds no dump"));
        }
        drill.summarise(manifests().size() + " dumps by the schedule");
        drill.checked();
    }

    /** Looks at the pod of a dump whose upload hangs. */
    void lookAtPod() throws Exception {
        release(Map.of());
        dumped.awaitInstalled();
        Jobs jobs = new Jobs(dumped.place());
        try (Injection held = gate.inject(FaultRule.of(Selector.method("PUT", "POST"), new Fault.Hang()))) {
            String job = jobs.order(DumpedDatabase.RELEASE);
            Waiting.on("the upload of the dump to begin", UPLOAD)
                    .every(Duration.ofMillis(100))
                    .until(held::hits, hits -> hits > 0);
            List<String> seen = new ArrayList<>();
            new Shell(dumped.place().cluster().client(), dumped.place().name(), jobs.pod(job), "backup")
                    .run(LOOK, seen::add, List.of("sh", "-c", RIGHTS));
            rights = seen;
        }
    }

    /** It has what it needs, and no more. */
    void demandNoRights() {
        if (!rights.contains("looked")) {
            throw new Doubt("nobody could look into the pod: " + rights);
        }
        List<String> wrong =
                rights.stream().filter(line -> !line.equals("looked")).toList();
        if (!wrong.isEmpty()) {
            throw drill.refute(new Finding(
                    Anomaly.TOO_MANY_RIGHTS, wrong.size(), "the pod of a dump: " + String.join("; ", wrong), wrong));
        }
        drill.summarise("it is nobody, and can write only to its work folder");
        drill.checked();
    }
}
