package org.pgrehearsal.plugin.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.Definition;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.ApiError;

/** Archives in the API: beside the operator. */
public final class ApiDefinitions implements Definitions {
    private final Api api;

    public ApiDefinitions(Api api) {
        this.api = api;
    }

    @Override
    public Definition archive(String namespace, String name) {
        JsonNode archive = get(namespace, name)
                .orElseThrow(
                        () -> Refusal.precondition(
                                "there is no Archive " + namespace + "/" + name
                                        + ": create it (kubectl explain archives.pgbackrest.pgrehearsal.org), or correct the parameter archive"));
        JsonNode spec = archive.path("spec");
        return new Definition(Spec.of(spec).parameters(), spec);
    }

    private Optional<JsonNode> get(String namespace, String name) {
        try {
            return api.get(ArchiveObject.KIND.named(namespace, name));
        } catch (ApiError e) {
            throw Refusal.unavailable("Archive " + namespace + "/" + name + " cannot be read: " + e.getMessage());
        }
    }
}
