package org.pgrehearsal.sabotage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoreException;
import org.pgrehearsal.store.StoredObject;

/** A bucket that is a map. */
public final class MemoryBucket implements Bucket {
    private final TreeMap<String, byte[]> objects = new TreeMap<>();

    /** When set, a write says that it worked, and did not. */
    boolean lying;

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry ->
                        new StoredObject(entry.getKey(), entry.getValue().length, md5(entry.getValue()), Instant.EPOCH))
                .toList();
    }

    @Override
    public boolean contains(String key) {
        return objects.containsKey(key);
    }

    @Override
    public byte[] read(String key) {
        byte[] content = objects.get(key);
        if (content == null) {
            throw new StoreException("no object " + key);
        }
        return content.clone();
    }

    @Override
    public InputStream open(String key) {
        return new ByteArrayInputStream(read(key));
    }

    @Override
    public void write(String key, byte[] content) {
        if (!lying) {
            objects.put(key, content.clone());
        }
    }

    @Override
    public void write(String key, InputStream content) {
        try {
            write(key, content.readAllBytes());
        } catch (IOException e) {
            throw new StoreException("cannot read what to write to " + key, e);
        }
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    @Override
    public int copyTo(Bucket target, Predicate<String> keys) {
        List<String> chosen = objects.keySet().stream().filter(keys).toList();
        chosen.forEach(key -> target.write(key, read(key)));
        return chosen.size();
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
