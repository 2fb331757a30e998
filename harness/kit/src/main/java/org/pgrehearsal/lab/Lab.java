package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.k3s.NodeImages;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;

/** Brings the images that drills on Kubernetes need. */
public final class Lab implements AutoCloseable {
    /** More builds at once only wait for each other: each uses all cores. */
    private static final int BUILDS_AT_ONCE = 2;

    private static final Duration ENGINE = Duration.ofSeconds(20);

    private final Janitor janitor;
    private final Path sources;
    private final Path cache;
    private final Tools tools;
    private final ImageMaker maker;
    private final Recipes recipes;

    private Lab(Path sources, Path cache, Runner runner) {
        this.janitor = runner.janitor();
        this.sources = sources;
        this.cache = cache;
        this.tools = new Tools(runner, cache);
        this.maker = new ImageMaker(sources, tools);
        this.recipes = Recipes.read(sources.resolve("images.yaml"));
    }

    /**
     * The lab of a repository. What it builds is kept in {@code $REHEARSE_CACHE/lab}; the commands are noted in {@code commands.log} there.
     *
     * @param repository the root of a work tree
     */
    public static Lab open(Path repository) {
        Path cache = Toolbox.ofThisMachine().cache().resolve("lab");
        String id = "rehearse-lab-" + UUID.randomUUID();
        try {
            Files.createDirectories(cache);
            Path log = cache.resolve("commands.log");
            Path work = Path.of(System.getProperty("java.io.tmpdir"), id);
            Janitor janitor = Janitor.watch(work, id, false);
            Runner runner = new Runner(Account.self(), work, janitor, new Transcript(log, new Redaction()));
            return new Lab(repository.resolve("lab"), cache, runner);
        } catch (IOException e) {
            throw new MachineException(
                    "cannot use " + cache + "; set REHEARSE_CACHE to a folder that can be written", e);
        }
    }

    /** The sources of what is built here. */
    public Modules modules() {
        return new Modules(sources, tools);
    }

    /** kubectl: the machine's own, else of the Kubernetes that the node runs. */
    public Path kubectl() {
        return Tools.onPath("kubectl").orElseGet(this::builtKubectl);
    }

    private Path builtKubectl() {
        Parts parts = new Parts(cache.resolve("parts"), Runnable::run, _ -> {});
        Path program = parts.folder(new GoPart(sources.resolve("go/kubernetes"), tools))
                .join()
                .resolve("kubernetes");
        Path link = tools.runner().place().resolve("kubectl");
        try {
            Files.deleteIfExists(link);
            return Files.createSymbolicLink(link, program);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link " + link + ": " + e.getMessage(), e);
        }
    }

    /** Ends what still builds. */
    @Override
    public void close() {
        janitor.close();
    }

    /** What images can be asked for by name: backup systems, stores and {@code flux}. */
    public Set<String> users() {
        return recipes.users();
    }

    /** An image and whether it is there, made from what the repository holds now. */
    public record Stock(String image, boolean there) {}

    /** The images for some users. */
    public List<Stock> stock(Set<String> users) {
        wantEngine();
        return wanted(users).stream()
                .map(recipe -> new Stock(recipe.image(), isThere(recipe)))
                .toList();
    }

    /**
     * Brings the images for some users; what is there already, made from the same inputs, is not made again. Waits while another process builds.
     *
     * @param said hears what is done, in one line each
     * @throws MachineException if one cannot be built, with the reason
     */
    public NodeImages bring(Set<String> users, ImageSource source, Consumer<String> said) {
        if (source == ImageSource.PULLED) {
            return new NodeImages(recipes.upstream().node(), Optional.empty());
        }
        wantEngine();
        Instant started = Instant.now();
        List<Recipe> wanted = wanted(users);
        int built = 0;
        if (!wanted.stream().allMatch(this::isThere)) {
            built = locked(said, () -> build(wanted, said));
        }
        said.accept("%d images are there, %d of them built now, in %d s"
                .formatted(
                        wanted.size(),
                        built,
                        Duration.between(started, Instant.now()).toSeconds()));
        return new NodeImages(
                here("node").image(),
                Optional.of(new NodeImages.Mirror(here("registry").image(), shelf().data())));
    }

    private void wantEngine() {
        try {
            tools.run(List.of("docker", "version"), sources, Map.of(), ENGINE);
        } catch (CommandFailed e) {
            throw new MachineException("no Docker engine answers; run scripts/setup --for k3s, or start yours", e);
        }
    }

    private List<Recipe> wanted(Set<String> users) {
        Set<String> unknown = new TreeSet<>(users);
        unknown.removeAll(users());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no image is for " + String.join(", ", unknown)
                    + "; there are images for " + String.join(", ", users()));
        }
        return recipes.images().stream().filter(recipe -> recipe.isFor(users)).toList();
    }

    private boolean isThere(Recipe recipe) {
        return recipe.here() ? maker.has(recipe) : shelf().has(recipe, maker.hash(recipe));
    }

    private Recipe here(String folder) {
        return recipes.images().stream()
                .filter(recipe -> recipe.here() && recipe.folder().equals(folder))
                .findFirst()
                .orElseThrow(() -> new MachineException("lab/images.yaml has no image of the " + folder));
    }

    private Shelf shelf() {
        return new Shelf(cache.resolve("registry"), here("registry").image(), tools);
    }

    private int build(List<Recipe> wanted, Consumer<String> said) {
        List<Recipe> missing =
                wanted.stream().filter(recipe -> !isThere(recipe)).toList();
        said.accept("%d of %d images to build".formatted(missing.size(), wanted.size()));
        try (ExecutorService workers = Executors.newFixedThreadPool(BUILDS_AT_ONCE)) {
            Parts parts = new Parts(cache.resolve("parts"), workers, said);
            List<CompletableFuture<Void>> images = new ArrayList<>();
            try {
                missing.forEach(recipe -> images.add(image(recipe, parts)));
                put(missing, images, said);
            } catch (CompletionException e) {
                workers.shutdownNow();
                throw inWords(e);
            }
        }
        return missing.size();
    }

    private RuntimeException inWords(CompletionException failure) {
        return switch (failure.getCause()) {
            case CommandFailed failed ->
                new MachineException(failed.getMessage() + " (log: " + cache.resolve("commands.log") + ")", failed);
            case MachineException lacking -> lacking;
            case null, default -> failure;
        };
    }

    /** The image, once all its parts are there. */
    private CompletableFuture<Void> image(Recipe recipe, Parts parts) {
        List<CompletableFuture<Path>> folders =
                maker.parts(recipe).stream().map(parts::folder).toList();
        return CompletableFuture.allOf(folders.toArray(CompletableFuture[]::new))
                .thenRun(() -> maker.make(
                        recipe, folders.stream().map(CompletableFuture::join).toList()));
    }

    /** The registry's own image is among those of every run, and so is made by the time that the first is put on the shelf. */
    private void put(List<Recipe> missing, List<CompletableFuture<Void>> images, Consumer<String> said) {
        for (int i = 0; i < missing.size(); i++) {
            Recipe recipe = missing.get(i);
            images.get(i).join();
            if (!recipe.here()) {
                try (Shelf.Open shelf = shelf().open()) {
                    shelf.put(recipe, maker.hash(recipe));
                }
            }
            said.accept("%d/%d %s".formatted(i + 1, missing.size(), recipe.image()));
        }
    }

    private <T> T locked(Consumer<String> said, Supplier<T> work) {
        try {
            Files.createDirectories(cache.resolve("registry"));
            Files.createDirectories(tools.scratch());
            try (FileChannel channel =
                    FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel, said); // until the channel is closed
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + cache + ", the lab's cache: " + e.getMessage(), e);
        }
    }

    private static void lock(FileChannel channel, Consumer<String> said) throws IOException {
        if (channel.tryLock() == null) {
            said.accept("another process is building images; waiting for it");
            channel.lock();
        }
    }
}
