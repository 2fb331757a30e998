package org.pgrehearsal.platform.local;

import java.nio.file.Path;

/**
 * The directory with PostgreSQL's programs.
 *
 * @param bin such as {@code /usr/lib/postgresql/15/bin}
 */
public record PostgresTools(Path bin) {
    public Path tool(String name) {
        return bin.resolve(name);
    }
}
