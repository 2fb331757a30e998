package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The settings of a drill's cluster, as {@code clusters/drill/cluster-settings.yaml} has them. */
public final class Settings {
    private Settings() {}

    /** All of them, by name. */
    public static Map<String, String> read(Path tree) {
        Path file = tree.resolve("clusters/drill/cluster-settings.yaml");
        try {
            return Map.copyOf(Serialization.unmarshal(Files.readString(file), ConfigMap.class)
                    .getData());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
