package org.pgrehearsal.wal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code pg_waldump} of PostgreSQL 15 printed for a small cluster; lists of invalidation messages are cut short. */
public final class Samples {
    private Samples() {}

    /** The lines of a sample; an empty one where records were left out. */
    public static List<String> lines(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
