package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.store.Bucket;

/** The only thing that changes a copy; remembers what it touched. Large objects pass through a file, never through memory. */
final class Knife {
    private final Scene scene;
    private final Bucket copy;
    private final Set<String> rewritten = new TreeSet<>();
    private final Set<String> removed = new TreeSet<>();

    /** Changes the content of an object, in place or by giving back another. */
    interface Change {
        byte[] of(byte[] content) throws IOException;
    }

    Knife(Scene scene) {
        this.scene = scene;
        this.copy = scene.copy();
    }

    void remove(Collection<String> keys) {
        for (String key : keys) {
            copy.delete(key);
            removed.add(key);
        }
    }

    /** Replaces what is stored, as it is. */
    void write(String key, byte[] stored) {
        copy.write(key, stored);
        rewritten.add(key);
    }

    /** Replaces what an object holds: the store gets it in the form in which the system itself would have stored it. */
    void rewrite(String key, Change change) throws IOException {
        byte[] content = scene.layout().decode(key, copy.read(key));
        write(key, scene.layout().encode(key, change.of(content)));
    }

    /** Flips bits of one stored byte. */
    void flip(String key, long offset, int mask) throws IOException {
        throughFile(key, Long.MAX_VALUE, file -> {
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(offset);
                int old = bytes.readUnsignedByte();
                bytes.seek(offset);
                bytes.write(old ^ mask);
            }
        });
    }

    /** Keeps only the first bytes of what is stored. */
    void truncate(String key, long size) throws IOException {
        throughFile(key, size, file -> {});
    }

    Damage damage(String what, Expected expected) {
        Set<String> all = new TreeSet<>(rewritten);
        all.addAll(removed);
        return new Damage(what, all, removed, expected);
    }

    private interface FileChange {
        void in(Path file) throws IOException;
    }

    private void throughFile(String key, long most, FileChange change) throws IOException {
        Path file = Files.createTempFile(scene.scratch(), "object-", ".part");
        try {
            try (InputStream in = copy.open(key);
                    OutputStream out = Files.newOutputStream(file)) {
                copyAtMost(in, out, most);
            }
            change.in(file);
            copy.write(key, file);
            rewritten.add(key);
        } finally {
            Files.delete(file);
        }
    }

    private static void copyAtMost(InputStream in, OutputStream out, long most) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = most;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                return;
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
