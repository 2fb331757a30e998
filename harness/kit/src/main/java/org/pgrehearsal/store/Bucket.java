package org.pgrehearsal.store;

import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * A bucket as we see it ourselves: straight in the store, past every gate, so that no fault and no cache of an engine stands between us and
 * what is really there. It may be a part of one, all keys of which begin with a prefix. Failures are {@link StoreException}.
 */
public interface Bucket {
    String name();

    /**
     * What the store puts before every key that is given or returned here: empty for a whole bucket, else it ends in a slash and begins with
     * none.
     */
    default String prefix() {
        return "";
    }

    /** A key or a prefix as the store has it, such as a gate's record shows it, in the terms used here. */
    default String relative(String stored) {
        return stored.startsWith(prefix())
                ? stored.substring(prefix().length())
                : prefix().startsWith(stored) ? "" : "/" + stored;
    }

    boolean exists();

    /** Every object whose key begins with a prefix, all pages of the listing, sorted by key in the order of its UTF-8 bytes. */
    List<StoredObject> list(String prefix);

    boolean contains(String key);

    /**
     * The whole content; for small objects.
     *
     * @throws StoreException also if there is no such object
     */
    byte[] read(String key);

    /** The content as a stream, which the caller closes. */
    InputStream open(String key);

    /** Stores an object, in place of one of the same key. */
    void write(String key, byte[] content);

    /**
     * Stores an object of unknown length, in parts and without a temporary file. It appears only once the stream has ended well: if reading
     * fails, no object of this key is there that was not there before.
     *
     * @param content read to its end, not closed
     * @throws StoreException also if the stream could not be read, with the reason
     */
    void write(String key, InputStream content);

    /** Removes an object; one that is not there is no error. */
    void delete(String key);

    /**
     * Copies objects under the same keys, byte for byte, within one store without passing through us.
     *
     * @return how many were copied
     */
    int copyTo(Bucket target, Predicate<String> keys);

    /** Copies everything. */
    default int copyTo(Bucket target) {
        return copyTo(target, key -> true);
    }

    default Inventory inventory() {
        return Inventory.of(list(""));
    }
}
