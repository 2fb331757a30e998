package org.pgrehearsal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects of a bucket at one moment. Two that are equal mean that nobody added, removed or rewrote an object in between with other content.
 *
 * @param objects by key
 */
public record Inventory(SortedMap<String, Entry> objects) {
    /** What identifies an object's content; its time is left out, since a copy has another. */
    public record Entry(long size, String etag) {}

    /** What changed from one inventory to a later one, by key. */
    public record Difference(SortedSet<String> added, SortedSet<String> removed, SortedSet<String> changed) {
        public boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }

        @Override
        public String toString() {
            return "added " + added + ", removed " + removed + ", changed " + changed;
        }
    }

    public Inventory {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    public static Inventory of(Collection<StoredObject> listing) {
        var objects = new TreeMap<String, Entry>();
        for (StoredObject object : listing) {
            objects.put(object.key(), new Entry(object.size(), object.etag()));
        }
        return new Inventory(objects);
    }

    public long bytes() {
        return objects.values().stream().mapToLong(Entry::size).sum();
    }

    /** What is different in {@code later}. */
    public Difference difference(Inventory later) {
        var added = new TreeSet<>(later.objects.keySet());
        added.removeAll(objects.keySet());
        var removed = new TreeSet<>(objects.keySet());
        removed.removeAll(later.objects.keySet());
        var changed = new TreeSet<String>();
        objects.forEach((key, entry) -> {
            Entry now = later.objects.get(key);
            if (now != null && !now.equals(entry)) {
                changed.add(key);
            }
        });
        return new Difference(added, removed, changed);
    }

    /** One line an object: key, size, etag, parted by tabs, under a line of titles. A tab, newline or backslash in a key is escaped. */
    public void writeTo(Path file) throws IOException {
        var text = new StringBuilder("key\tsize\tetag\n");
        objects.forEach((key, entry) -> text.append(escaped(key))
                .append('\t')
                .append(entry.size())
                .append('\t')
                .append(entry.etag())
                .append('\n'));
        Files.writeString(file, text);
    }

    private static String escaped(String key) {
        return key.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
