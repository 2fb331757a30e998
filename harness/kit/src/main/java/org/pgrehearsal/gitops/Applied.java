package org.pgrehearsal.gitops;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Manifests as they are applied by hand, by the API server itself. */
record Applied(KubernetesClient client) {
    void file(Path file) {
        try (InputStream text = Files.newInputStream(file)) {
            all(client.load(text).items());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void all(List<? extends HasMetadata> objects) {
        objects.forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    }
}
