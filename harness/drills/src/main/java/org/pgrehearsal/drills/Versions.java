package org.pgrehearsal.drills;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;

/** What ran, with which versions. */
final class Versions {
    private Versions() {}

    static Map<String, String> of(Toolbox toolbox) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Program program : List.of(Program.POSTGRES, Program.PGBACKREST, Program.BARMAN_CLOUD_BACKUP)) {
            toolbox.describe(program)
                    .flatMap(tool -> tool.version())
                    .ifPresent(version -> versions.put(program.command(), version));
        }
        versions.putAll(ofThisProcess());
        return versions;
    }

    /** What this program itself runs on. */
    static Map<String, String> ofThisProcess() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Java", System.getProperty("java.version", "unknown"));
        versions.put("kernel", System.getProperty("os.version", "unknown"));
        return versions;
    }
}
