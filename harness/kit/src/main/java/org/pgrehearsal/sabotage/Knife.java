package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.Compression;

/** The only thing that changes a copy; remembers what it touched. Objects of any size pass through; only WAL segments and small files are held in memory. */
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
        try (InputStream stored = copy.open(key)) {
            pass(key, AlteredStream.flipped(stored, offset, mask));
        }
    }

    /** Flips bits of one byte of what an object holds, in the form in which the system itself would have stored it. */
    void flipContent(String key, long offset, int mask) throws IOException {
        Compression compression = Compression.of(key);
        try (InputStream stored = copy.open(key);
                InputStream content = compression.decompress(stored)) {
            pass(key, compression.compress(AlteredStream.flipped(content, offset, mask)));
        }
    }

    /** Keeps only the first bytes of what is stored. */
    void truncate(String key, long size) throws IOException {
        try (InputStream stored = copy.open(key)) {
            pass(key, AlteredStream.cutAfter(stored, size));
        }
    }

    private void pass(String key, InputStream altered) {
        copy.write(key, altered);
        rewritten.add(key);
    }

    Damage damage(String what, Expected expected) {
        Set<String> all = new TreeSet<>(rewritten);
        all.addAll(removed);
        return new Damage(what, all, removed, expected);
    }
}
