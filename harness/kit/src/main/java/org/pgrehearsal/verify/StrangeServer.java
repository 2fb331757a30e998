package org.pgrehearsal.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.restore.Preparation;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.wal.XlogRecord;

/**
 * Makes the restored files of a server that is not ours ready to be started here, alone and quiet: with a configuration of our own, of the
 * source's only what recovery needs. The source's own files may name certificates, directories, commands and peers that must not be touched
 * from here, and on Debian they are not in the backup at all.
 */
final class StrangeServer implements Preparation {
    private static final String PRELOAD = "shared_preload_libraries";

    private final List<XlogRecord> controls;
    private final Map<String, String> overrides;
    private @Nullable ControlFile control;

    /**
     * @param controls  records of the log that recovery will read: settings may have been raised after the backup
     * @param overrides settings that win over all others
     */
    StrangeServer(List<XlogRecord> controls, Map<String, String> overrides) {
        this.controls = List.copyOf(controls);
        this.overrides = Map.copyOf(overrides);
    }

    /** The control file as it was restored; null before that. */
    @Nullable
    ControlFile control() {
        return control;
    }

    @Override
    public ServerConfig prepare(PostgresCluster cluster, ServerConfig restored) throws IOException {
        Path data = cluster.data();
        Account account = cluster.runner().account();
        // a backup of a standby must not look for its primary
        Files.deleteIfExists(data.resolve("standby.signal"));
        List<String> auto = lines(data.resolve("postgresql.auto.conf"));
        List<String> source = new ArrayList<>(lines(data.resolve("postgresql.conf")));
        source.addAll(auto);
        account.writePrivate(data.resolve("postgresql.auto.conf"), SourceFiles.recoveryOnly(auto));
        Path config = account.writePrivate(cluster.home().resolve("postgresql.conf"), "");
        Path access = account.writePrivate(cluster.home().resolve("pg_hba.conf"), "local all all trust\n");
        Path identities = account.writePrivate(cluster.home().resolve("pg_ident.conf"), "");
        ControlFile read = ControlFile.parse(cluster.runner()
                .run(Command.of(cluster.tools().tool("pg_controldata"), "--pgdata=" + data))
                .orFail()
                .out());
        control = read;
        Map<String, String> settings = new TreeMap<>(LocalPlatform.restoredSettings());
        settings.putAll(sizes(read));
        settings.put("config_file", config.toString());
        settings.put("hba_file", access.toString());
        settings.put("ident_file", identities.toString());
        settings.put("archive_cleanup_command", "");
        settings.put("recovery_end_command", "");
        settings.put("primary_conninfo", "");
        settings.put(PRELOAD, String.join(",", libraries(cluster, source)));
        settings.putAll(overrides);
        return restored.with(settings);
    }

    private Map<String, String> sizes(ControlFile read) {
        Map<String, Integer> sizes = new TreeMap<>(read.settings());
        controls.stream()
                .filter(record -> record.kind() == XlogRecord.Kind.PARAMETER_CHANGE)
                .forEach(record -> ControlFile.changed(record.detail())
                        .forEach((name, value) -> sizes.merge(name, value, Math::max)));
        Map<String, String> settings = new TreeMap<>();
        sizes.forEach((name, value) -> settings.put(name, Integer.toString(value)));
        return settings;
    }

    private List<String> libraries(PostgresCluster cluster, List<String> source) {
        if (overrides.containsKey(PRELOAD)) {
            return List.of();
        }
        List<String> wanted = SourceFiles.preloaded(source);
        Path bin = cluster.tools().bin();
        List<Path> folders = List.of(bin.resolve("../lib"), bin.resolve("../lib/postgresql"), bin.resolve("../lib64"));
        for (String library : wanted) {
            if (folders.stream().noneMatch(folder -> Files.exists(folder.resolve(library + ".so")))) {
                throw new MachineException("the source loads the library " + library
                        + " at its start (" + PRELOAD + "), and it is not on this machine. Remedy: install the"
                        + " extension's package, or leave it out with --setting " + PRELOAD + "=");
            }
        }
        return wanted;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
