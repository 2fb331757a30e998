package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.PodSource;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.SqlPages;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.cnpg.BackupOrder;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.Exemplar;
import org.pgrehearsal.target.RecoveryLogParser;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/** The tree's own database in one drill: made by Flux, filled and backed up; then lost, and restored as people do it, by the playbook. */
final class TreeDatabase {
    private static final String PAGE = "docs/techdocs/docs/cnpg-restore-playbook.md";

    /** A table of the ledger that stands for the one which somebody wants rows of. */
    private static final String TABLE = "dr_account";

    /** What comes to be of it when the playbook brings its rows over. */
    private static final String RECOVERED = "recovered_rows";

    private static final String ROOT = "cluster-apps";
    private static final String REFUSAL = "Expected empty archive";
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration SAID = Duration.ofMinutes(5);

    private final Drill drill;
    private final KubernetesStage stage;
    private final Exemplar exemplar;
    private final CnpgDatabase database;
    private final Gate gate;
    private final Course course;
    /** The place of its first life, which no other one may touch. */
    private final Bucket archive;

    private @Nullable Inventory whenLost;
    private @Nullable CnpgDatabase copy;

    private TreeDatabase(
            Drill drill,
            KubernetesStage stage,
            Exemplar exemplar,
            CnpgDatabase database,
            Gate gate,
            Course course,
            Bucket archive) {
        this.drill = drill;
        this.stage = stage;
        this.exemplar = exemplar;
        this.database = database;
        this.gate = gate;
        this.course = course;
        this.archive = archive;
    }

    /** Has it made, writes to it and backs it up. There is one in a run at a time: other drills wait until this one is over. */
    static TreeDatabase make(Drill drill) throws Exception {
        KubernetesLane lane = KubernetesLane.of(drill);
        KubernetesStage stage = lane.stage();
        stage.demandReady(lane.system());
        Exemplar exemplar = drill.progress().phase("wait for the tree", () -> stage.exemplar(drill));
        Place place = drill.undo()
                .closing("leave the namespace of the tree", Exemplar.place(stage.cluster(), drill.folder()));
        drill.progress().phase("clear the tree", () -> {
            exemplar.clear(place);
            return exemplar;
        });
        String name = lane.newBucketName();
        Bucket bucket = stage.store().bucket(name, Exemplar.PREFIX);
        Gate gate = drill.gate(Gate.Policy.READ_WRITE);
        CnpgDatabase database = drill.progress().phase("have Flux make the database", () -> {
            CnpgDatabase made = exemplar.make(place, gate.access(), bucket, stage.password());
            made.awaitConnection(ANSWER);
            return made;
        });
        PodSource source = new PodSource(
                database,
                PodSource.Backups.of(database, BackupOrder.OF_PRIMARY, bucket),
                PodSource.Trouble.NONE,
                Duration.ZERO,
                stage.folder());
        drill.progress().phase("fill the database", () -> {
            source.fill(drill.rehearsal().options().size());
            return source;
        });
        Course course = lane.runner(drill.progress(), false)
                .run(
                        source,
                        new Site(gate.access(), bucket, drill.folder()),
                        List.of(BackupKind.FULL),
                        drill.folder().resolve("history.ndjson"));
        Bucket archive = stage.store().bucket(name, Exemplar.archive(1));
        return new TreeDatabase(drill, stage, exemplar, database, gate, course, archive);
    }

    Course course() {
        return course;
    }

    /** Rebuilds it by the playbook; what can still be saved of one that runs is saved before. */
    Restore rebuild() throws Exception {
        Set<String> procedures = new TreeSet<>(Set.of("before", "rebuild", "prove", "cutover"));
        if (whenLost == null) {
            procedures.add("alive");
        }
        PlaybookReader reader = reader(procedures, Map.of());
        staysFrozen(reader);
        reader.upTo("rebuild.generation");
        Instant began = Instant.now();
        reader.upTo("rebuild.delete");
        Inventory before = archive.inventory();
        reader.upTo("rebuild.resume");
        database.awaitConnection(ANSWER);
        Duration rto = Duration.between(began, Instant.now());
        reader.toTheEnd();
        return judge(database, RestoreOrder.latest(course.backup()), rto, before, true);
    }

    /** Makes a copy by the playbook at a target, brings rows over, and judges the copy before the playbook removes it. */
    Restore copy(String target) throws Exception {
        RestoreOrder order = Targets.order(target, course, course.backup());
        String time = order.target().settings(order.timeline(), order.action()).get("recovery_target_time");
        if (time == null) {
            throw new IllegalArgumentException("the playbook copies to a time, and this is none: " + target);
        }
        PlaybookReader reader = reader(Set.of("before", "alive", "copy"), Map.of("TARGET_TIME", time));
        staysFrozen(reader);
        reader.upTo("alive.archive");
        Inventory before = archive.inventory();
        Instant began = Instant.now();
        reader.upTo("copy.wait");
        CnpgDatabase made = exemplar.letIntoCopy(database.place(), stage.password());
        made.awaitConnection(ANSWER);
        Duration rto = Duration.between(began, Instant.now());
        copy = made;
        reader.upTo("copy.rows");
        Restore restore = judge(made, order, rto, before, false);
        compareRows(made);
        reader.toTheEnd();
        return restore;
    }

    private PlaybookReader reader(Set<String> procedures, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(exemplar.bootstrap().shell());
        settings.put("DATABASE", LedgerSchema.DATABASE);
        settings.put("TABLE", TABLE);
        settings.putAll(more);
        Path clone = exemplar.bootstrap().tree().clone(stage.folder());
        return new PlaybookReader(drill, drill.rehearsal().options().home().resolve(PAGE), procedures, clone, settings);
    }

    /** What the playbook freezes must not thaw when Flux looks at the tree the next time. */
    private void staysFrozen(PlaybookReader reader) throws Exception {
        reader.upTo("before.freeze");
        exemplar.bootstrap().flux().reconcileNow(ROOT);
        boolean frozen = exemplar.bootstrap()
                .flux()
                .find(Exemplar.NAME)
                .filter(seen -> Boolean.TRUE.equals(seen.get("spec", "suspend")))
                .isPresent();
        if (!frozen) {
            throw drill.refute(Finding.of(
                    Anomaly.PLAYBOOK_WRONG, "what before.freeze froze was thawed when Flux reconciled " + ROOT));
        }
        drill.observe("what the playbook froze stayed frozen while Flux reconciled " + ROOT);
    }

    private Restore judge(CnpgDatabase restored, RestoreOrder order, Duration rto, Inventory before, boolean thorough)
            throws Exception {
        Attempt attempt = new Attempt.Opened(
                restored, new SqlPages(restored), false, RecoveryLogParser.parse(restored.recoveryLog().stream()), rto);
        drill.observe(KubernetesLane.OPERATOR + restored.phase());
        return Restore.judge(drill, course, order, attempt, archive, before, gate, null, thorough);
    }

    private void compareRows(CnpgDatabase made) throws SQLException {
        Rows recovered = Rows.of(database, RECOVERED);
        Rows copied = Rows.of(made, TABLE);
        if (copied.count() == 0) {
            throw new Doubt("the copy has no row of " + TABLE + " to bring over");
        }
        if (!recovered.equals(copied)) {
            throw drill.refute(Finding.of(
                    Anomaly.PLAYBOOK_WRONG,
                    "copy.rows brought over other rows than the copy has: " + recovered + " instead of " + copied));
        }
        drill.measure(new Measurement("rows brought over", copied.count(), "rows"));
    }

    /**
     * A table as a whole.
     *
     * @param count  of its rows
     * @param digest of their text in order
     */
    private record Rows(long count, String digest) {
        static Rows of(CnpgDatabase where, String table) throws SQLException {
            try (Connection connection = where.connect(LedgerSchema.DATABASE);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(
                            "SELECT count(*), coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM "
                                    + table + " t")) {
                result.next();
                return new Rows(result.getLong(1), result.getString(2));
            }
        }
    }

    /** That rows were compared. */
    void rowsWereBroughtOver() {
        if (copy == null) {
            throw new IllegalStateException("no copy was made");
        }
        drill.checked();
    }

    /** Loses it, and has Flux make again what Git says: an empty database of the same name. */
    void loseAndMakeAgain() throws Exception {
        lose();
        drill.progress().phase("have Flux make it again", () -> {
            exemplar.makeAgain(database);
            return database;
        });
    }

    /** Rebuilds it with the mistake that the playbook warns of: the place of its archive is still that of the life before. */
    void rebuildInTheOldPlace() throws Exception {
        lose();
        drill.progress().phase("have Flux rebuild it in the old place", () -> {
            exemplar.recoverInTheOldPlace();
            return database;
        });
    }

    private void lose() throws Exception {
        drill.progress().phase("lose the database", () -> {
            exemplar.lose(database);
            return database;
        });
        whenLost = archive.inventory();
    }

    /** That it is kept out of the archive of the life before, which stays what it was, in the operator's own words. */
    void demandKeptOut() throws Exception {
        Inventory before = Objects.requireNonNull(whenLost, "it was lost");
        List<String> words = drill.progress()
                .phase(
                        "wait for the refusal",
                        () -> Waiting.on("the operator to refuse a used archive to " + Exemplar.NAME, SAID)
                                .every(Duration.ofSeconds(1))
                                .until(
                                        () -> database.says(REFUSAL),
                                        said -> !said.isEmpty()
                                                || !before.difference(archive.inventory())
                                                        .isEmpty()));
        Inventory.Difference change = before.difference(archive.inventory());
        if (!change.isEmpty()) {
            throw drill.refute(Finding.of(
                    Anomaly.UNDETECTED,
                    "a database that is not the old one was let into the old archive: " + change,
                    words.toArray(String[]::new)));
        }
        words.stream().limit(Finding.KEPT).forEach(word -> drill.observe(KubernetesLane.OPERATOR + word));
        drill.observe(KubernetesLane.OPERATOR + database.phase());
        drill.measure(new Measurement(
                "objects in the old archive before and after", before.objects().size(), "objects"));
        drill.checked();
        drill.summarise("kept out: " + words.getFirst());
    }
}
