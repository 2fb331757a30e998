package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.CourseRunner;
import org.pgrehearsal.course.PodSource;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.CnpgRestorer;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.CnpgSystem;
import org.pgrehearsal.system.cnpg.Manifests;
import org.pgrehearsal.system.cnpg.Origin;
import org.pgrehearsal.target.TargetAction;

/** A plugin of CloudNativePG on a Kubernetes platform. */
final class KubernetesLane implements Lane {
    /** Before what the operator calls a restored cluster. */
    static final String OPERATOR = "the operator says: ";

    private static final Duration READY = Duration.ofMinutes(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final Rehearsal rehearsal;
    private final KubernetesStage stage;
    private final CnpgSystem system;
    private final AtomicInteger buckets = new AtomicInteger();
    private final Map<KubernetesSource, Once<Course>> courses = new EnumMap<>(KubernetesSource.class);
    private final Map<KubernetesSource, List<String>> told = new EnumMap<>(KubernetesSource.class);
    /** Of the source whose bucket has that prefix and name. */
    private final Map<String, Map<String, String>> settings = new ConcurrentHashMap<>();

    KubernetesLane(Rehearsal rehearsal, KubernetesStage stage, CnpgSystem system) {
        this.rehearsal = rehearsal;
        this.stage = stage;
        this.system = system;
        for (KubernetesSource source : KubernetesSource.values()) {
            told.put(source, new CopyOnWriteArrayList<>());
            courses.put(source, new Once<>("the " + source.what(), () -> makeCourse(source)));
        }
    }

    /** The lane of a drill that only this platform has. */
    static KubernetesLane of(Drill drill) {
        if (drill.lane() instanceof KubernetesLane lane) {
            return lane;
        }
        throw new IllegalStateException("this scenario needs Kubernetes: tag it @needs-operator");
    }

    @Override
    public CnpgSystem system() {
        return system;
    }

    @Override
    public Course course() {
        return course(KubernetesSource.USUAL);
    }

    /** One of the sources that only this platform has. */
    Course course(KubernetesSource source) {
        return Objects.requireNonNull(courses.get(source)).get();
    }

    /** What the report should say of what happened to a source. */
    List<String> told(KubernetesSource source) {
        return Objects.requireNonNull(told.get(source));
    }

    @Override
    public Course forked() {
        throw new IllegalStateException("this scenario needs a fork in one archive: tag it @needs-fork");
    }

    @Override
    public Course chained() {
        return course(KubernetesSource.CHAINED);
    }

    /** From the place on that the component makes: copies have the path of their source. */
    @Override
    public Bucket newBucket() {
        return rehearsal.store().bucket(newBucketName(), system.prefix());
    }

    /** The name of an empty bucket. */
    String newBucketName() {
        String name = "rehearse-" + name() + "-" + buckets.incrementAndGet();
        rehearsal.store().createBucket(name);
        return name;
    }

    KubernetesStage stage() {
        return stage;
    }

    /**
     * Runs courses on sources of this lane.
     *
     * @param clockRunsBackwards whether a scenario that stops where it did takes place on this one
     */
    CourseRunner runner(Progress progress, boolean clockRunsBackwards) {
        RunOptions options = rehearsal.options();
        return new CourseRunner(
                new ArchiveReader(stage.waldump()),
                system.layout(),
                options.size(),
                options.seed(),
                progress,
                clockRunsBackwards);
    }

    private Course makeCourse(KubernetesSource kind) throws Exception {
        stage.demandReady(system);
        Path folder = rehearsal.folder().drill(name(), kind.what());
        Progress progress = new Progress(phase -> rehearsal.listener().phase(name(), kind.what(), phase));
        Bucket bucket = newBucket();
        settings.put(bucket.prefix() + bucket.name(), kind.settings());
        CnpgDatabase database = CnpgDatabase.in(stage.place(folder), system, stage.password());
        // a way of its own, in which things can go wrong without another source noticing
        try (Gate gate = rehearsal.openGate(Gate.Policy.READ_WRITE);
                PodSource source = fill(kind, database, folder, progress, bucket, gate)) {
            Site site = new Site(gate.access(), bucket, folder);
            CourseRunner runner = runner(
                    progress, kind == KubernetesSource.USUAL && rehearsal.plan().asksForAClockThatRanBackwards());
            Course course = runner.run(source, site, kind.backups(), folder.resolve("history.ndjson"));
            if (kind == KubernetesSource.EXPIRED) {
                return progress.phase(
                        "let the older backup expire", () -> Retention.expire(course, database, system.layout()));
            }
            if (kind.isTakenOver()) {
                demandThatWritersLivedThrough(course.history());
            }
            return course;
        }
    }

    /**
     * Demands that some writer wrote on two timelines.
     *
     * @throws Doubt if none did: then the takeover never hit running writers, and shows nothing
     */
    static void demandThatWritersLivedThrough(History history) {
        for (int writer = 0; writer < history.writers(); writer++) {
            int last = history.operations(writer) - 1;
            if (last > 0 && history.timeline(writer, 0) != history.timeline(writer, last)) {
                return;
            }
        }
        throw new Doubt("the takeover never hit running writers: none wrote on two timelines");
    }

    private PodSource fill(
            KubernetesSource kind, CnpgDatabase database, Path folder, Progress progress, Bucket bucket, Gate gate)
            throws Exception {
        Place place = database.place();
        try {
            Origin origin = Origin.of(gate.access(), bucket, system.prefix(), 1);
            StoreTroubles troubles = new StoreTroubles(gate, rehearsal.options().home(), rehearsal.redaction());
            progress.phase("make the source", () -> {
                manifests(folder).source(place, origin, stage.folder(), kind.settings(), kind.synchronous());
                database.awaitReady(READY);
                database.awaitConnection(ANSWER);
                return database;
            });
            PodSource source = new PodSource(
                    database,
                    PodSource.Backups.of(database, kind.way(gate, told(kind)::add), bucket),
                    kind.trouble(troubles, database),
                    kind.patience(),
                    stage.folder());
            progress.phase("fill the source", () -> {
                source.fill(rehearsal.options().size());
                return source;
            });
            return source;
        } catch (Exception e) {
            if (rehearsal.options().keep()) {
                place.keep();
            }
            place.close();
            throw e;
        }
    }

    @Override
    public Attempt restore(Drill drill, Form form, RestoreOrder order, Bucket bucket, Gate gate) throws Exception {
        if (form == Form.PLAIN) {
            throw new IllegalStateException("this scenario needs a dump: tag it @needs-logical");
        }
        stage.demandReady(system);
        Place place = stage.place(drill);
        CnpgDatabase database = CnpgDatabase.in(place, system, stage.password());
        CnpgRestorer restorer =
                new CnpgRestorer(database, manifests(drill.folder()), stage.folder(), drill.progress(), drill::relieve);
        Origin origin = Origin.of(gate.access(), bucket, system.prefix(), 1);
        Attempt attempt = form == Form.REPLICA
                ? restorer.follow(origin, course().sentinel())
                : restorer.restore(origin, order, settings.getOrDefault(bucket.prefix() + bucket.name(), Map.of()));
        drill.observe(OPERATOR + database.phase());
        if (order.action() == TargetAction.PAUSE && attempt instanceof Attempt.Opened) {
            drill.observe(
                    "not run: the status of transactions after the stop, for which the server would have to wait there;"
                            + " the operator promotes it, and it gives their numbers to others");
        }
        return attempt;
    }

    private Manifests manifests(Path folder) {
        return new Manifests(rehearsal.options().home(), stage.kustomize(), rehearsal.commands(folder), system);
    }

    @Override
    public byte[] foreignSegment(Drill drill) {
        return stage.foreignSegment();
    }
}
