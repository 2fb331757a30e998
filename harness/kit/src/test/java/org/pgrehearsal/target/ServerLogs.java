package org.pgrehearsal.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What PostgreSQL 15 logged while it restored one backup to several targets. */
final class ServerLogs {
    private ServerLogs() {}

    static RecoveryLog read(String name) {
        try (InputStream in = ServerLogs.class.getResourceAsStream(name + ".log")) {
            if (in == null) {
                throw new IllegalArgumentException("no log " + name);
            }
            return RecoveryLogParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
