package org.pgrehearsal.system.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoreException;

/** Reads the parts of a dump from a bucket into the programs that restore them, and holds each to the manifest. */
final class DumpReader {
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final int BUFFER = 1 << 16;

    private final Runner runner;
    private final Bucket bucket;

    DumpReader(Runner runner, Bucket bucket) {
        this.runner = runner;
        this.bucket = bucket;
    }

    /** Why a restore was refused; the message is one line that names the part. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private final int exit;

        Refusal(int exit, String message) {
            super(message);
            this.exit = exit;
        }

        int exit() {
            return exit;
        }
    }

    Manifest manifest(String label) throws Refusal {
        String key = DumpLayout.manifest(label);
        try {
            return Manifest.read(bucket.read(key), label);
        } catch (StoreException | Manifest.Unusable e) {
            throw new Refusal(1, String.valueOf(e.getMessage()));
        }
    }

    /** Streams a part into a program. The digest is known only at the end, so the caller must not use what a refused part has made. */
    void into(Command program, Manifest.Part expected) throws Refusal {
        try (Digest content = new Digest(bucket.open(expected.key()))) {
            Finished finished = feed(program, content);
            compare(expected, content);
            if (!finished.succeeded()) {
                throw new Refusal(
                        finished.exit(),
                        "part " + expected.key() + ": " + program.program() + ": " + finished.lastWords());
            }
        } catch (StoreException | IOException e) {
            throw unreadable(expected, e);
        }
    }

    /** A small part as text, after it was held to the manifest. */
    String text(Manifest.Part expected) throws Refusal {
        try (Digest content = new Digest(bucket.open(expected.key()))) {
            String text = new String(content.readAllBytes(), UTF_8);
            compare(expected, content);
            return text;
        } catch (StoreException | IOException e) {
            throw unreadable(expected, e);
        }
    }

    /** Runs a script of our own making. */
    void run(Command program, String script, String part) throws Refusal {
        try {
            Finished finished = feed(program, new ByteArrayInputStream(script.getBytes(UTF_8)));
            if (!finished.succeeded()) {
                throw new Refusal(
                        finished.exit(), "part " + part + ": " + program.program() + ": " + finished.lastWords());
            }
        } catch (IOException e) {
            throw new Refusal(1, "part " + part + ": " + e.getMessage());
        }
    }

    /** Everything is read, even when the program has given up: only the whole part has a digest. */
    private Finished feed(Command program, InputStream content) throws IOException {
        Runner.Piped piped = runner.pipe(program.within(DEADLINE));
        boolean whole = false;
        try (InputStream said = piped.process().getInputStream()) {
            pour(content, piped.process().getOutputStream());
            whole = true;
            said.skip(Long.MAX_VALUE);
        } finally {
            if (!whole) {
                // it would take the end of half a part for the end
                piped.process().destroyForcibly();
            }
        }
        return runner.finish(piped);
    }

    private static void pour(InputStream content, OutputStream program) throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean listening = true;
        int count = content.read(buffer);
        while (count >= 0) {
            listening = listening && tell(program, buffer, count);
            count = content.read(buffer);
        }
        hangUp(program);
    }

    private static boolean tell(OutputStream program, byte[] buffer, int count) {
        try {
            program.write(buffer, 0, count);
            return true;
        } catch (IOException e) {
            // it has ended; its exit code and its errors say why
            return false;
        }
    }

    private static void hangUp(OutputStream program) {
        try {
            program.close();
        } catch (IOException e) {
            // likewise
        }
    }

    private static void compare(Manifest.Part expected, Digest content) throws Refusal {
        Manifest.Part actual = content.part(expected.key());
        if (actual.size() != expected.size()) {
            throw new Refusal(
                    1,
                    "part " + expected.key() + " has " + actual.size() + " bytes, the manifest says "
                            + expected.size());
        }
        if (!actual.sha256().equals(expected.sha256())) {
            throw new Refusal(
                    1,
                    "part " + expected.key() + " has SHA-256 " + actual.sha256() + ", the manifest says "
                            + expected.sha256());
        }
    }

    private static Refusal unreadable(Manifest.Part part, Exception cause) {
        return new Refusal(1, "part " + part.key() + " cannot be read: " + cause.getMessage());
    }
}
