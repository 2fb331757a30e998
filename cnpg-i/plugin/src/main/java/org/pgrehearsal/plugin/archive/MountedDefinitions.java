package org.pgrehearsal.plugin.archive;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.Definition;
import org.pgrehearsal.plugin.config.Definitions;

/** Archives as their ConfigMaps are mounted in a pod: in a sidecar. */
public final class MountedDefinitions implements Definitions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    /**
     * Archives in a directory.
     *
     * @param root has one directory for each Archive
     */
    public MountedDefinitions(Path root) {
        this.root = root;
    }

    @Override
    public Definition archive(String namespace, String name) {
        Path file = root.resolve(name).resolve(ArchiveObject.FILE);
        try {
            Map<String, String> parameters = JSON.readValue(Files.readString(file), new TypeReference<>() {});
            return new Definition(parameters, JSON.missingNode());
        } catch (IOException e) {
            throw Refusal.unavailable("Archive " + name + " is not readable in this pod (" + e.getMessage()
                    + "): see its condition Ready, and whether the pod mounts ConfigMap "
                    + ArchiveObject.configMap(name));
        }
    }
}
