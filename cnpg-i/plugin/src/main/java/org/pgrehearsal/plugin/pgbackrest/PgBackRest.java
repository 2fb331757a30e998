package org.pgrehearsal.plugin.pgbackrest;

import io.grpc.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.Settings;

/**
 * pgBackRest for one archive. Each command has a deadline, ends with the call that asked for it, and gets its credentials by its environment.
 */
public final class PgBackRest {
    private static final int KEPT_ERROR = 1 << 16;
    /** For lists and small files; a slow store is waited for by pgBackRest's own timeouts. */
    static final Duration SHORT = Duration.ofMinutes(5);

    private final Settings settings;
    private final Place place;
    private final Path config;

    private PgBackRest(Settings settings, Place place, Path config) {
        this.settings = settings;
        this.place = place;
        this.config = config;
    }

    /**
     * Prepares the configuration of an archive.
     *
     * @param role  keeps the archives apart that one process works with
     * @param owner the system identifier of the cluster whose WAL it is; a spool belongs to it alone
     */
    public static PgBackRest prepare(Settings settings, Place place, String role, String owner) {
        Path spool = place.spool().resolve(role + "-" + owner);
        Path config = place.home().resolve("conf").resolve(role + "-" + owner + ".conf");
        String text = ConfigFile.render(settings, place, spool);
        try {
            if (!Files.exists(config) || !Files.readString(config).equals(text)) {
                Files.createDirectories(config.getParent());
                Path draft = Files.createTempFile(config.getParent(), "draft", ".conf");
                Files.writeString(draft, text);
                Files.move(draft, config, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write pgBackRest's configuration " + config + ": " + e, e);
        }
        return new PgBackRest(settings, place, config);
    }

    /**
     * Forgets what an earlier process knew. A spool from before may say "stored" of a segment of the same name that never was; what it really
     * knew, the repository knows too.
     */
    public static void forgetSpool(Place place) throws IOException {
        if (!Files.exists(place.spool())) {
            return;
        }
        try (Stream<Path> all = Files.walk(place.spool())) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    public Settings settings() {
        return settings;
    }

    /** Runs a command that must end well; what it prints is lost. */
    public void run(Duration deadline, String... words) {
        orThrow(words[0], start(deadline, List.of(words), _ -> {}));
    }

    /** Runs a command whose exit code 1 is an answer. */
    public boolean ask(Duration deadline, String... words) {
        Ended ended = start(deadline, List.of(words), _ -> {});
        if (ended.exit == 1) {
            return false;
        }
        orThrow(words[0], ended);
        return true;
    }

    /** Runs a command and reads what it prints, line by line. */
    public void read(Consumer<String> lines, String... words) {
        orThrow(words[0], start(SHORT, List.of(words), lines));
    }

    /** Runs a command and reads all that it prints. */
    public String read(String... words) {
        StringBuilder text = new StringBuilder();
        read(line -> text.append(line).append('\n'), words);
        return text.toString();
    }

    private static void orThrow(String command, Ended ended) {
        if (ended.exit != 0) {
            throw Failure.of(command, ended.exit, ended.error).refusal();
        }
    }

    private record Ended(int exit, String error) {}

    private Ended start(Duration deadline, List<String> words, Consumer<String> lines) {
        Secrets secrets = Secrets.read(settings, place);
        List<String> argv =
                new ArrayList<>(Arrays.asList(place.program(), "--config=" + config, "--stanza=" + settings.stanza()));
        argv.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(secrets.environment());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw Refusal.precondition("cannot start " + place.program() + ": " + e.getMessage()
                    + "; the sidecar's image must hold pgBackRest");
        }
        Context.CancellationListener stop = _ -> process.destroy();
        Context call = Context.current();
        call.addListener(stop, Runnable::run);
        CompletableFuture<String> error = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> drain(process.getErrorStream(), error));
        Thread.ofVirtual().start(() -> limit(process, deadline));
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
            int exit = process.waitFor();
            if (call.isCancelled()) {
                throw Refusal.unavailable("pgbackrest " + words.getFirst() + " was stopped: its caller has gone");
            }
            if (exit == 143 || exit == 137) {
                throw Refusal.unavailable("pgbackrest " + words.getFirst() + " was ended by a signal (exit " + exit
                        + "), at the latest after " + deadline.toSeconds() + " s");
            }
            return new Ended(exit, secrets.redact(error.join()));
        } catch (IOException e) {
            throw Refusal.unavailable("the output of pgbackrest " + words.getFirst() + " broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("interrupted while pgbackrest " + words.getFirst() + " ran");
        } finally {
            call.removeListener(stop);
            process.destroy();
        }
    }

    private static void limit(Process process, Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drain(InputStream stream, CompletableFuture<String> text) {
        try (stream) {
            byte[] kept = stream.readNBytes(KEPT_ERROR);
            stream.transferTo(OutputStream.nullOutputStream());
            text.complete(new String(kept, StandardCharsets.UTF_8));
        } catch (IOException e) {
            text.complete("(its errors could not be read: " + e.getMessage() + ")");
        }
    }
}
