package org.pgrehearsal.system;

import java.io.IOException;
import java.util.Optional;

/**
 * A layout in which the archive is only what lies below one place: a bucket may hold the archives of several servers, and of one server before
 * and after an upgrade, with segments of the same names.
 *
 * @param archive the place, ending in a slash
 */
public record PartialLayout(String archive, ArchiveLayout whole) implements ArchiveLayout {
    @Override
    public Optional<String> walFile(String key) {
        return key.startsWith(archive) ? whole.walFile(key) : Optional.empty();
    }

    @Override
    public boolean isBackup(String key) {
        return whole.isBackup(key);
    }

    @Override
    public byte[] decode(String key, byte[] stored) throws IOException {
        return whole.decode(key, stored);
    }

    @Override
    public byte[] encode(String key, byte[] content) throws IOException {
        return whole.encode(key, content);
    }
}
