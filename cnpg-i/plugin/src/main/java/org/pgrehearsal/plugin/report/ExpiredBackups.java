package org.pgrehearsal.plugin.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.metrics.Observation;

/**
 * Backup objects whose backup is no longer in the repository that it was taken into. Only those of this cluster, taken by this plugin into a repository
 * that it still has and that was read just now; all others are somebody else's.
 */
final class ExpiredBackups {
    private final Api api;

    ExpiredBackups(Api api) {
        this.api = api;
    }

    /**
     * Deletes the objects.
     *
     * @return their names, each with its backup
     */
    List<String> delete(ClusterView cluster, Observation seen) {
        List<String> deleted = new ArrayList<>();
        if (!seen.reachable() || !seen.made()) {
            return deleted;
        }
        Kind kind = cluster.kind("backups");
        String next = "";
        do {
            JsonNode page =
                    api.get(kind.in(cluster.namespace()) + "?limit=100" + next).orElse(Api.JSON.missingNode());
            for (JsonNode backup : page.path("items")) {
                if (hasExpired(cluster, backup, seen)) {
                    String name = backup.at("/metadata/name").asText();
                    api.delete(
                            kind.named(cluster.namespace(), name),
                            backup.at("/metadata/uid").asText());
                    deleted.add(name + " (" + backup.at("/status/backupId").asText() + ")");
                }
            }
            String token = page.at("/metadata/continue").asText();
            next = token.isEmpty()
                    ? ""
                    : "&continue=" + java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return deleted;
    }

    private static boolean hasExpired(ClusterView cluster, JsonNode backup, Observation seen) {
        JsonNode facts = backup.at("/status/pluginMetadata");
        return backup.at("/spec/cluster/name").asText().equals(cluster.name())
                && backup.at("/spec/method").asText().equals("plugin")
                && PluginName.ALL.contains(
                        backup.at("/spec/pluginConfiguration/name").asText())
                && backup.at("/status/phase").asText().equals("completed")
                && endedBefore(backup, seen.at())
                && facts.path("stanza").asText().equals(seen.stanza())
                && seen.repositories().stream()
                        .filter(held -> Integer.toString(held.repository().number())
                                        .equals(facts.path("repo").asText())
                                && held.repository()
                                        .place()
                                        .equals(facts.path("place").asText()))
                        .anyMatch(held -> held.backups().stream()
                                .noneMatch(one -> one.label()
                                        .equals(backup.at("/status/backupId").asText())));
    }

    /** One that ended after the look may not have been there to be seen. */
    private static boolean endedBefore(JsonNode backup, Instant look) {
        try {
            return Instant.parse(backup.at("/status/stoppedAt").asText()).isBefore(look);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
