package org.pgrehearsal.system.dump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.Bucket;

/** Writes the parts of one dump to a bucket, as they come out of the programs. */
final class DumpWriter {
    private final Runner runner;
    private final DumpCommands commands;
    private final Bucket bucket;
    private final String label;

    DumpWriter(Runner runner, DumpCommands commands, Bucket bucket, String label) {
        this.runner = runner;
        this.commands = commands;
        this.bucket = bucket;
        this.label = label;
    }

    Manifest.Part globals() {
        return store(DumpLayout.globals(label), commands.globals());
    }

    /** One database in every format at once, while its rows are counted. */
    Manifest.Database database(String name, Snapshot snapshot) throws SQLException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<DumpFormat, Future<Manifest.Part>> underWay = new EnumMap<>(DumpFormat.class);
            for (DumpFormat format : DumpFormat.values()) {
                Command dump = commands.dump(name, snapshot.exported(), format);
                String key = DumpLayout.database(label, name, format);
                underWay.put(format, threads.submit(() -> store(key, dump)));
            }
            Manifest.Contents contents = snapshot.contents();
            Map<DumpFormat, Manifest.Part> parts = new EnumMap<>(DumpFormat.class);
            for (Map.Entry<DumpFormat, Future<Manifest.Part>> one : underWay.entrySet()) {
                parts.put(one.getKey(), await(one.getValue()));
            }
            return new Manifest.Database(name, snapshot.visible(), parts, contents);
        }
    }

    void manifest(Manifest manifest) {
        bucket.write(DumpLayout.manifest(label), manifest.bytes());
    }

    private Manifest.Part store(String key, Command command) {
        Runner.Piped piped = runner.pipe(command);
        try (Digest content = new Digest(new ProgramOutput(runner, piped))) {
            piped.process().getOutputStream().close();
            bucket.write(key, content);
            return content.part(key);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from " + command.program() + ": " + e.getMessage(), e);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while dumping", e);
        }
    }
}
