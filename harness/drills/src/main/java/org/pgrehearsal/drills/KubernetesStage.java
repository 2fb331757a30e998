package org.pgrehearsal.drills;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.PodWalDumper;
import org.pgrehearsal.course.WalDumper;
import org.pgrehearsal.gitops.Bootstrap;
import org.pgrehearsal.platform.kubernetes.Cluster;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.store.ObjectStore;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.chart.PgBackRestChart;
import org.pgrehearsal.system.chart.PgDumpChart;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.system.cnpg.CnpgPgBackRest;
import org.pgrehearsal.system.cnpg.CnpgSystem;
import org.pgrehearsal.system.cnpg.Exemplar;
import org.pgrehearsal.system.cnpg.Settings;
import org.pgrehearsal.undo.UndoStack;

/** A Kubernetes platform: every database has a namespace of its own, and reaches the store through gates on this machine. */
final class KubernetesStage implements Stage {
    private static final String OPERATORS = "cnpg-system";
    private static final int PASSWORD_BYTES = 16;

    private final UndoStack undo = new UndoStack();
    private final AtomicInteger number = new AtomicInteger();
    private final Rehearsal rehearsal;
    private final Cluster cluster;
    private final Path kustomize;
    private final Path work;
    private final String image;
    private final ObjectStore store;
    private final String password;
    private final Once<byte[]> foreign = new Once<>("a segment of another cluster", this::makeForeign);
    private final @Nullable Exemplar exemplar;
    private final Semaphore turn = new Semaphore(1, true);
    private final Once<PodWalDumper> waldump = new Once<>("the pod for pg_waldump", this::startWaldump);

    /**
     * Opens the store on the address at which pods reach this machine.
     *
     * @param cluster   has the operator and the plugin
     * @param bootstrap serves the tree that Flux follows there; null if somebody else does
     * @param kustomize the program
     * @param work      the run's work directory
     * @param choice    of the store
     */
    KubernetesStage(
            Rehearsal rehearsal,
            Cluster cluster,
            @Nullable Bootstrap bootstrap,
            Path kustomize,
            Path work,
            StoreChoice choice) {
        this.rehearsal = rehearsal;
        this.cluster = cluster;
        exemplar = bootstrap == null
                ? null
                : new Exemplar(bootstrap, bootstrap.tree().commit());
        this.kustomize = kustomize;
        this.work = work;
        Place.sweep(cluster);
        image = Objects.requireNonNull(
                Settings.read(rehearsal.options().home()).get("POSTGRES_IMAGE"), "a drill has POSTGRES_IMAGE");
        store = undo.closing("close the store", Stores.open(choice, rehearsal, work, cluster.machine()));
        password = LabCluster.random(PASSWORD_BYTES);
        rehearsal.redaction().add("database-password", password);
    }

    /**
     * A backup system of this platform.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static BackupSystem system(String name) {
        return switch (name) {
            case CnpgBarman.NAME -> new CnpgBarman();
            case CnpgPgBackRest.NAME -> new CnpgPgBackRest();
            case PgDumpChart.NAME -> new PgDumpChart();
            case PgBackRestChart.NAME -> new PgBackRestChart();
            default -> throw new IllegalArgumentException("Kubernetes has no backup system " + name);
        };
    }

    /** A new namespace; what it has to say goes to a folder. */
    Place place(Path folder) {
        String run = rehearsal.folder().id().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String name = "rehearse-" + run + "-" + number.incrementAndGet();
        return undo.closing("give up the namespace " + name, Place.make(cluster, name, run, folder));
    }

    /** A namespace for what a drill restores; given up at its end, unless the drill fails and that is kept. */
    Place place(Drill drill) {
        Place place = drill.undo().closing("give up the namespace of the restore", place(drill.folder()));
        drill.ifItFails(() -> {
            if (rehearsal.options().keep()) {
                place.keep();
                drill.observe("kept: the namespace " + place.name());
            }
        });
        return place;
    }

    Cluster cluster() {
        return cluster;
    }

    /** The tree's own database, which is this drill's until it ends: there is only one. */
    Exemplar exemplar(Drill drill) throws InterruptedException {
        if (exemplar == null) {
            throw new IllegalStateException("this scenario needs a tree that the run serves: tag it @needs-gitops");
        }
        turn.acquire();
        drill.undo().push("leave the tree to the next drill", turn::release);
        return exemplar;
    }

    /** A new directory below the work directory. */
    Path folder() {
        return work.resolve("k" + number.incrementAndGet());
    }

    /** The superuser's password in every database: a restored one brings its source's along. */
    String password() {
        return password;
    }

    Path kustomize() {
        return kustomize;
    }

    /** The first segment of a database that is made for nothing else. */
    byte[] foreignSegment() {
        return foreign.get();
    }

    private byte[] makeForeign() {
        return ForeignSegment.inPod(waldump.get().shell());
    }

    WalDumper waldump() {
        return waldump.get();
    }

    private PodWalDumper startWaldump() {
        return PodWalDumper.start(place(rehearsal.folder().path().resolve("pg-waldump")), image);
    }

    /**
     * Makes sure that the cluster can back up and restore anything at all.
     *
     * @param system whose plugin must be there; null if none must
     * @throws Doubt with what is not ready: then a drill proves nothing either way
     */
    void demandReady(@Nullable CnpgSystem system) {
        KubernetesClient client = cluster.client();
        if (client.nodes().list().getItems().stream().noneMatch(Readiness::isNodeReady)) {
            throw new Doubt("the Kubernetes cluster is not ready: it has no node that is");
        }
        List<Deployment> operators =
                client.apps().deployments().inNamespace(OPERATORS).list().getItems();
        if (operators.isEmpty()) {
            throw new Doubt("the Kubernetes cluster is not ready: there is no operator in " + OPERATORS);
        }
        if (system != null
                && client.services()
                        .inNamespace(OPERATORS)
                        .withLabel("cnpg.io/pluginName", system.plugin())
                        .list()
                        .getItems()
                        .isEmpty()) {
            throw new Doubt("the Kubernetes cluster is not ready: there is no plugin " + system.plugin() + " in "
                    + OPERATORS + ", without which nothing is shown of " + system.name());
        }
        for (Deployment operator : operators) {
            if (!Readiness.isDeploymentReady(operator)) {
                throw new Doubt("the Kubernetes cluster is not ready: the deployment "
                        + operator.getMetadata().getName() + " in " + OPERATORS + " is not available");
            }
        }
    }

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Kubernetes", cluster.client().getKubernetesVersion().getGitVersion());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(OPERATORS)
                .list()
                .getItems()
                .forEach(operator -> versions.put(
                        operator.getMetadata().getName(),
                        operator.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage()));
        versions.put("PostgreSQL", image);
        versions.putAll(Versions.ofThisProcess());
        return versions;
    }

    @Override
    public List<String> notTested() {
        return List.of(
                "a server that waits at its target: the operator always promotes",
                "tablespaces, and databases other than our own ledger and pgbench's",
                "power cuts, and more than one node");
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public Lane lane(BackupSystem system) {
        return switch (system) {
            case CnpgSystem plugin -> new KubernetesLane(rehearsal, this, plugin);
            case PgDumpChart chart -> new DumpLane(rehearsal, this, chart);
            case PgBackRestChart chart -> new ArchiveLane(rehearsal, this, chart);
            default -> throw new IllegalArgumentException("Kubernetes has no lane for " + system.name());
        };
    }

    @Override
    public void abort() {
        // a node of the run's own goes as it is, with all that is in it
        if (exemplar == null) {
            close();
        }
    }

    @Override
    public void close() {
        undo.close();
    }
}
