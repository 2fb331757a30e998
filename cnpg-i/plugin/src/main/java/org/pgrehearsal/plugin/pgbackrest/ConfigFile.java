package org.pgrehearsal.plugin.pgbackrest;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.config.Settings;

/** pgBackRest's configuration for one archive. It holds no secret: those go through the environment of each command. */
final class ConfigFile {
    private ConfigFile() {}

    static String render(Settings settings, Place place, Path spool) {
        Map<String, String> global = new TreeMap<>(settings.options());
        global.put("lock-path", place.home().resolve("lock").toString());
        global.put("log-level-console", "off");
        global.put("log-level-file", "off");
        global.put("log-level-stderr", "error");
        global.put("spool-path", spool.toString());
        for (Repository repository : settings.repositories()) {
            String prefix = "repo" + repository.number() + "-";
            repository.options().forEach((name, value) -> global.put(prefix + name, value));
            repository
                    .ca()
                    .ifPresent(ca -> global.put(
                            prefix + "storage-ca-file",
                            place.secret(ca, "ca.crt").toString()));
            if (repository.keyType().equals("service") && !repository.fromEnvironment()) {
                global.put(
                        prefix + "gcs-key",
                        place.secret(repository.secret().orElseThrow(), "key.json")
                                .toString());
            }
        }
        StringBuilder text = new StringBuilder("[global]\n");
        global.forEach((name, value) -> line(text, name, value));
        text.append("\n[").append(settings.stanza()).append("]\n");
        line(text, "pg1-path", place.pgData().toString());
        line(text, "pg1-port", Integer.toString(place.port()));
        line(text, "pg1-socket-path", place.socket().toString());
        line(text, "pg1-user", "postgres");
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value).append('\n');
    }
}
