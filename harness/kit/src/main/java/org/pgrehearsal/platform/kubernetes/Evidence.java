package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what a namespace shows: its events, and every object of the kinds that a drill is about as YAML, with their conditions. Secrets are left out
 * altogether.
 */
final class Evidence {
    /** The kinds, by plural and API group. */
    private static final Map<String, Set<String>> KINDS = Map.of(
            "v1", Set.of("pods", "persistentvolumeclaims", "services"),
            "batch/v1", Set.of("jobs", "cronjobs"),
            "apps/v1", Set.of("statefulsets"),
            "helm.toolkit.fluxcd.io/v2", Set.of("helmreleases"),
            "postgresql.cnpg.io/v1", Set.of("clusters", "backups", "scheduledbackups"),
            "barmancloud.cnpg.io/v1", Set.of("objectstores"),
            "pgbackrest.pgrehearsal.org/v1alpha1", Set.of("archives"));

    private final KubernetesClient client;
    private final String namespace;

    Evidence(Place place) {
        client = place.cluster().client();
        namespace = place.name();
    }

    void collect(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("events.tsv"), events());
        for (Map.Entry<String, Set<String>> version : KINDS.entrySet()) {
            var resources = client.getApiResources(version.getKey());
            if (resources == null) {
                continue;
            }
            for (APIResource resource : resources.getResources()) {
                if (version.getValue().contains(resource.getName())) {
                    objects(version.getKey(), resource, folder);
                }
            }
        }
    }

    private List<String> events() {
        List<String> lines = new ArrayList<>();
        List<Event> events = new ArrayList<>(
                client.v1().events().inNamespace(namespace).list().getItems());
        events.sort(Comparator.comparing(event -> String.valueOf(
                event.getLastTimestamp() == null
                        ? event.getMetadata().getCreationTimestamp()
                        : event.getLastTimestamp())));
        for (Event event : events) {
            lines.add(String.join(
                    "\t",
                    String.valueOf(event.getLastTimestamp()),
                    String.valueOf(event.getType()),
                    event.getInvolvedObject().getKind() + "/"
                            + event.getInvolvedObject().getName(),
                    String.valueOf(event.getReason()),
                    String.valueOf(event.getMessage()).replaceAll("\\s+", " ")));
        }
        return lines;
    }

    private void objects(String version, APIResource resource, Path folder) throws IOException {
        int slash = version.indexOf('/');
        ResourceDefinitionContext kind = new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : version.substring(0, slash))
                .withVersion(version.substring(slash + 1))
                .withPlural(resource.getName())
                .withKind(resource.getKind())
                .withNamespaced(true)
                .build();
        List<GenericKubernetesResource> found;
        try {
            found = client.genericKubernetesResources(kind)
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            Files.writeString(
                    folder.resolve(resource.getName() + ".yaml"), "# cannot be listed: " + e.getMessage() + "\n");
            return;
        }
        if (!found.isEmpty()) {
            StringBuilder text = new StringBuilder();
            for (GenericKubernetesResource object : found) {
                object.getMetadata().setManagedFields(List.of());
                text.append(Serialization.asYaml(object));
            }
            Files.writeString(folder.resolve(resource.getName() + ".yaml"), text);
        }
    }
}
