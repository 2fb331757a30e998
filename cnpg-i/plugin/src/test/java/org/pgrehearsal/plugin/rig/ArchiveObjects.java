package org.pgrehearsal.plugin.rig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pgrehearsal.plugin.archive.ArchiveObject;

/** Archives as users write them. */
public final class ArchiveObjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPEC = """
            {"compression": {"type": "zst", "level": 6}, "wal": {"async": true},
             "repositories": [
               {"path": "/demo",
                "s3": {"bucket": "b", "endpoint": "s3.example.org:9000", "region": "r", "uriStyle": "path"},
                "credentials": {"secret": "demo-keys"}, "caSecret": "store-ca", "cipher": "aes-256-cbc",
                "retention": {"full": 2},
                "schedules": {"full": "0 0 1 * * 0", "incr": "0 0 1 * * 1-6"}},
               {"path": "/second", "azure": {"container": "c"}, "credentials": {"from": "environment"}, "block": true}],
             "sidecar": {
               "resources": {"limits": {"memory": "128Mi"}},
               "env": [{"name": "PGBACKREST_REPO2_AZURE_KEY", "valueFrom": {"secretKeyRef": {"name": "az", "key": "k"}}}],
               "securityContext": {"runAsGroup": 7}}}
            """;

    private ArchiveObjects() {}

    /** One with two repositories that says nearly everything. */
    public static ObjectNode named(String name) {
        ObjectNode archive = JSON.createObjectNode();
        archive.put("apiVersion", ArchiveObject.KIND.apiVersion()).put("kind", "Archive");
        archive.putObject("metadata")
                .put("name", name)
                .put("namespace", "databases")
                .put("uid", "uid-of-archive-" + name)
                .put("generation", 1);
        try {
            archive.set("spec", JSON.readTree(SPEC));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return archive;
    }

    public static String path(String name) {
        return ArchiveObject.KIND.named("databases", name);
    }
}
