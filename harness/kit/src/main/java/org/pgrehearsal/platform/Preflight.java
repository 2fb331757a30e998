package org.pgrehearsal.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Compares what the machine has with what drills need, before one starts. */
public final class Preflight {
    /** What the default set of drills takes, with room for the evidence. */
    static final long DISK_NEEDED = 4L << 30;

    private final Toolbox toolbox;
    private final Machine machine;

    public Preflight(Toolbox toolbox, Machine machine) {
        this.toolbox = toolbox;
        this.machine = machine;
    }

    /**
     * All that can be said of the machine, each program started once for its version, side by side.
     *
     * @param workFolder where drills will put their clusters; it need not exist yet
     */
    public List<PreflightItem> examine(Path workFolder) {
        List<PreflightItem> items = new ArrayList<>();
        items.add(postgresUser());
        items.add(disk(workFolder, Machine.freeBytes(workFolder)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<PreflightItem>> bundles = Arrays.stream(Bundle.values())
                    .map(bundle -> CompletableFuture.supplyAsync(() -> bundle(bundle), threads))
                    .toList();
            bundles.forEach(bundle -> items.add(bundle.join()));
        }
        return List.copyOf(items);
    }

    /**
     * What a run must have before it makes anything, as far as that costs no time; its programs it finds itself.
     *
     * @param bytes what the work folder must have room for
     * @throws MachineException naming the first thing that is missing
     */
    public void demand(Path workFolder, long bytes) {
        for (PreflightItem item : List.of(postgresUser(), disk(workFolder, Machine.freeBytes(workFolder), bytes))) {
            if (item.blocks()) {
                throw new MachineException(item.name() + ": " + item.found() + ". Remedy: " + item.remedy());
            }
        }
    }

    PreflightItem postgresUser() {
        return machine.postgresUser()
                .map(user -> PreflightItem.fine("user for PostgreSQL", user, Bundle.POSTGRESQL.neededFor()))
                .orElseGet(() -> new PreflightItem(
                        "user for PostgreSQL",
                        PreflightItem.Status.MISSING,
                        "running as root, and there is no user postgres",
                        Bundle.POSTGRESQL.neededFor(),
                        true,
                        "useradd --system --user-group postgres"));
    }

    static PreflightItem disk(Path workFolder, long freeBytes) {
        return disk(workFolder, freeBytes, DISK_NEEDED);
    }

    private static PreflightItem disk(Path workFolder, long freeBytes, long needed) {
        String found = "%.1f GiB free in %s".formatted(freeBytes / (double) (1L << 30), workFolder);
        if (freeBytes >= needed) {
            return PreflightItem.fine("disk", found, "every drill");
        }
        return new PreflightItem(
                "disk",
                PreflightItem.Status.MISSING,
                found,
                "every drill",
                true,
                "free %d GiB there, or choose another place with --work".formatted(needed >> 30));
    }

    PreflightItem bundle(Bundle bundle) {
        List<Program> missing = toolbox.missing(bundle);
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().map(Program::command).toList();
            String found = missing.size() == Program.of(bundle).size()
                    ? "not found"
                    : "incomplete: no " + String.join(", ", names);
            return item(bundle, PreflightItem.Status.MISSING, found);
        }
        return toolbox.describe(Program.of(bundle).getFirst())
                .map(tool -> tool.version()
                        .map(version -> item(bundle, PreflightItem.Status.OK, version + "  " + tool.path()))
                        .orElseGet(() -> item(bundle, PreflightItem.Status.BROKEN, tool.path() + " gives no answer")))
                .orElseGet(() -> item(bundle, PreflightItem.Status.MISSING, "not found"));
    }

    private static PreflightItem item(Bundle bundle, PreflightItem.Status status, String found) {
        return new PreflightItem(
                bundle.title(), status, found, bundle.neededFor(), bundle.neededLocally(), bundle.remedy());
    }
}
