package org.pgrehearsal.plugin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.rig.Rig;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.store.S3Access;

/**
 * pgBackRest as its manual has it, with the plugin's own settings, into a path of its own in the same store.
 *
 * @param config its configuration
 */
record Bare(Rig rig, Path config) {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Takes the configuration that the plugin has written, so that no option differs. */
    static Bare like(Rig rig, Path home, S3Access access, String stanza) throws IOException {
        Path theirs;
        try (Stream<Path> files = Files.list(home.resolve("conf"))) {
            theirs = files.filter(file -> String.valueOf(file.getFileName()).startsWith("own-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path place = rig.runner().account().makePrivateDirectory(rig.work().resolve("bare"));
        String text = Files.readString(theirs)
                .replace("repo1-path=/demo", "repo1-path=/bare")
                .replaceAll("spool-path=.*", "spool-path=" + place.resolve("spool"))
                .replaceAll("lock-path=.*", "lock-path=" + place.resolve("lock"))
                .replace(
                        "[global]",
                        "[global]\nrepo1-s3-key=" + access.accessKey() + "\nrepo1-s3-key-secret=" + access.secretKey());
        Path config = place.resolve("pgbackrest.conf");
        rig.runner().account().writePrivate(config, text);
        Bare bare = new Bare(rig, config);
        bare.run("--stanza=" + stanza, "stanza-create");
        return bare;
    }

    String archiveCommand(String stanza) {
        return "pgbackrest --config=" + config + " --stanza=" + stanza + " archive-push %p";
    }

    void restore(String stanza, PostgresCluster into) {
        run("--stanza=" + stanza, "--pg1-path=" + into.data(), "--type=none", "restore");
    }

    void run(String... words) {
        Command command = Command.of(Stream.concat(Stream.of("pgbackrest", "--config=" + config), Stream.of(words))
                .toArray());
        rig.runner().run(command.within(PATIENCE)).orFail();
    }
}
