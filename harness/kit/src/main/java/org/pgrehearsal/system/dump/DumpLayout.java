package org.pgrehearsal.system.dump;

import java.util.Optional;
import org.pgrehearsal.system.ArchiveLayout;

/** Keys of a dump: {@code <label>/globals.sql}, {@code <label>/<database>.dump}, {@code <label>/<database>.sql}, {@code <label>/manifest.json}. */
public final class DumpLayout implements ArchiveLayout {
    static String manifest(String label) {
        return label + "/manifest.json";
    }

    static String globals(String label) {
        return label + "/globals.sql";
    }

    static String database(String label, String name, DumpFormat format) {
        String end = switch (format) {
            case CUSTOM -> ".dump";
            case PLAIN -> ".sql";
        };
        // roles and settings have the name without a directory, so a database may be called globals
        return label + "/db/" + name + end;
    }

    @Override
    public Optional<String> walFile(String key) {
        return Optional.empty();
    }

    @Override
    public boolean isBackup(String key) {
        return true;
    }

    @Override
    public byte[] decode(String key, byte[] stored) {
        return stored;
    }

    @Override
    public byte[] encode(String key, byte[] content) {
        return content;
    }
}
