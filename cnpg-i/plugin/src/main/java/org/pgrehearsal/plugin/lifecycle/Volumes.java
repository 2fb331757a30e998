package org.pgrehearsal.plugin.lifecycle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.plugin.archive.ArchiveObject;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.config.Repository;

/** The volumes of our container, and where it has them. */
final class Volumes {
    static final String HOME = "/pgbackrest";
    static final String SOCKETS = "/plugins";
    static final String SECRETS = "/pgbackrest-secrets";
    static final String ARCHIVES = "/pgbackrest-archives";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ObjectNode> volumes = new ArrayList<>();
    private final List<ObjectNode> mounts = new ArrayList<>();

    private Volumes() {}

    static Volumes of(List<PluginUse> uses, Definitions definitions) {
        Volumes all = new Volumes();
        all.emptyDir("plugins", SOCKETS);
        all.emptyDir("pgbackrest", HOME);
        List<Repository> repositories = uses.stream()
                .flatMap(use -> use.settings(definitions).repositories().stream())
                .toList();
        Set<String> secrets = new TreeSet<>();
        repositories.forEach(repository -> {
            repository.secret().ifPresent(secrets::add);
            repository.ca().ifPresent(secrets::add);
        });
        secrets.forEach(all::secret);
        Set<String> paths = new LinkedHashSet<>();
        // the same volume once, though two archives may be on it
        repositories.stream()
                .filter(repository -> repository.claim().isPresent() && paths.add(repository.path()))
                .forEach(all::claim);
        uses.stream().flatMap(use -> use.archive().stream()).distinct().forEach(all::archive);
        return all;
    }

    List<ObjectNode> volumes() {
        return volumes;
    }

    List<ObjectNode> mounts() {
        return mounts;
    }

    static ObjectNode mount(String volume, String path, boolean readOnly) {
        ObjectNode mount = JSON.createObjectNode().put("name", volume).put("mountPath", path);
        return readOnly ? mount.put("readOnly", true) : mount;
    }

    private ObjectNode volume(String name, String path, boolean readOnly) {
        mounts.add(mount(name, path, readOnly));
        ObjectNode volume = JSON.createObjectNode().put("name", name);
        volumes.add(volume);
        return volume;
    }

    private void emptyDir(String name, String path) {
        volume(name, path, false).putObject("emptyDir");
    }

    /** A Secret that is not there yet must not keep PostgreSQL from starting: the sidecar says what it misses. */
    private void secret(String secret) {
        volume("pgbackrest-secret-" + count("pgbackrest-secret-"), SECRETS + "/" + secret, true)
                .putObject("secret")
                .put("secretName", secret)
                .put("optional", true);
    }

    private void claim(Repository repository) {
        volume("pgbackrest-claim-" + count("pgbackrest-claim-"), repository.path(), false)
                .putObject("persistentVolumeClaim")
                .put("claimName", repository.claim().orElseThrow());
    }

    private void archive(String archive) {
        volume("pgbackrest-archive-" + count("pgbackrest-archive-"), ARCHIVES + "/" + archive, true)
                .putObject("configMap")
                .put("name", ArchiveObject.configMap(archive));
    }

    private long count(String prefix) {
        return volumes.stream()
                .filter(volume -> volume.path("name").asText().startsWith(prefix))
                .count();
    }
}
