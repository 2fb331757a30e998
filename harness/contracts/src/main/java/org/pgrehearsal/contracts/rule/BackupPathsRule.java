package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Pods;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.Spilo;
import org.pgrehearsal.contracts.tree.World;

/** No two databases write their backups to the same place, and none inside that of another. */
record BackupPathsRule() implements Rule {
    private static final Pattern REPOSITORY_PATH = Pattern.compile("(?m)^\\s*repo(\\d)-path\\s*=\\s*(\\S+)");

    /** In the place of a bucket that only an encrypted Secret names: it may be any. */
    private static final String SECRET = "";

    /** Who writes where. */
    private record Place(Manifest owner, String database, String bucket, String path) {
        private static Place of(Manifest owner, String database, String bucket, String path) {
            return new Place(owner, database, bucket, ("/" + path + "/").replaceAll("/+", "/"));
        }

        private static Place of(Manifest owner, String address) {
            String bare = address.replaceFirst("^s3://", "");
            int slash = (bare + "/").indexOf('/');
            return of(owner, owner.title(), bare.substring(0, slash), bare.substring(slash));
        }

        private boolean meets(Place other) {
            boolean bucketMeets = bucket.equals(SECRET) || other.bucket.equals(SECRET) || bucket.equals(other.bucket);
            return bucketMeets && (path.startsWith(other.path) || other.path.startsWith(path));
        }

        @Override
        public String toString() {
            return (bucket.equals(SECRET) ? "the bucket of a Secret" : bucket) + path;
        }
    }

    @Override
    public String name() {
        return "backup-paths";
    }

    @Override
    public void check(World world, Report report) {
        for (Rendering rendering : world.renderings()) {
            List<Place> places = new ArrayList<>();
            Spilo.Operator operator = Spilo.Operator.of(rendering);
            for (Manifest object : rendering.manifests()) {
                switch (object.kind()) {
                    case "Cluster" -> cloudNative(rendering, object, places);
                    case "postgresql" -> {
                        String archive = Spilo.of(rendering, operator, object).archive();
                        if (!archive.isEmpty()) {
                            places.add(Place.of(object, archive));
                        }
                    }
                    case "CronJob" -> dump(rendering, object).ifPresent(places::add);
                    case "ConfigMap" -> pgBackRest(object, places);
                    default -> {}
                }
            }
            places.forEach(_ -> report.looked());
            compare(places, report);
        }
    }

    private static void cloudNative(Rendering rendering, Manifest cluster, List<Place> places) {
        for (JsonNode plugin : cluster.each("/spec/plugins")) {
            if (plugin.path("isWALArchiver").asBoolean()) {
                String store = plugin.at("/parameters/barmanObjectName").asText();
                String server = plugin.at("/parameters/serverName").asText(cluster.name());
                rendering.all("pgbackrest.pgrehearsal.org", "Archive").stream()
                        .filter(object -> object.name()
                                        .equals(plugin.at("/parameters/archive").asText())
                                && object.namespace().equals(cluster.namespace()))
                        .forEach(object -> archive(cluster, object, places));
                rendering.all("barmancloud.cnpg.io", "ObjectStore").stream()
                        .filter(object -> object.name().equals(store)
                                && object.namespace().equals(cluster.namespace()))
                        .forEach(object -> places.add(
                                Place.of(cluster, object.text("/spec/configuration/destinationPath") + "/" + server)));
            }
        }
        JsonNode inTree = cluster.at("/spec/backup/barmanObjectStore");
        if (inTree.has("destinationPath")) {
            places.add(Place.of(
                    cluster,
                    inTree.path("destinationPath").asText() + "/"
                            + inTree.path("serverName").asText(cluster.name())));
        }
    }

    /** The repositories of our pgBackRest plugin: a stanza may share a path with another, so it belongs to the place. */
    private static void archive(Manifest cluster, Manifest archive, List<Place> places) {
        String stanza = archive.text("/spec/stanza").isEmpty() ? archive.name() : archive.text("/spec/stanza");
        for (JsonNode repository : archive.each("/spec/repositories")) {
            String bucket = repository
                    .at("/s3/bucket")
                    .asText("the volume of " + repository.at("/posix/claim").asText());
            places.add(Place.of(
                    cluster, cluster.title(), bucket, repository.path("path").asText() + "/" + stanza));
        }
    }

    /** The bucket and the prefix of a CronJob that dumps, from its environment and the ConfigMaps that this is made of. */
    private static Optional<Place> dump(Rendering rendering, Manifest job) {
        Map<String, String> environment = environment(rendering, job);
        String prefix = environment.getOrDefault("S3_PREFIX", "");
        if (prefix.isEmpty() || !environment.containsKey("S3_BUCKET")) {
            return Optional.empty();
        }
        String database = environment.getOrDefault("PGDATABASE", "");
        String name = database.isEmpty() ? job.title() : environment.getOrDefault("PGHOST", "") + "/" + database;
        return Optional.of(Place.of(job, name, environment.get("S3_BUCKET"), prefix));
    }

    private static Map<String, String> environment(Rendering rendering, Manifest job) {
        Map<String, String> environment = new HashMap<>();
        Pods.of(job)
                .ifPresent(pods -> pods.containers().forEach(container -> {
                    for (JsonNode from : container.path("envFrom")) {
                        rendering.all("", "ConfigMap").stream()
                                .filter(object -> object.name()
                                        .equals(from.at("/configMapRef/name").asText()))
                                .forEach(object -> environment.putAll(object.texts("/data")));
                    }
                    for (JsonNode entry : container.path("env")) {
                        environment.put(
                                entry.path("name").asText(), entry.path("value").asText());
                    }
                }));
        return environment;
    }

    private static void pgBackRest(Manifest configMap, List<Place> places) {
        configMap.texts("/data").forEach((file, text) -> {
            Matcher path = REPOSITORY_PATH.matcher(text);
            // what a recovery reads is not written to
            while (!file.contains("source") && path.find()) {
                Matcher bucket = Pattern.compile("(?m)^\\s*repo" + path.group(1) + "-s3-bucket\\s*=\\s*(\\S+)")
                        .matcher(text);
                places.add(Place.of(
                        configMap,
                        configMap.title(),
                        bucket.find() ? bucket.group(1) : "the volume of " + configMap.title(),
                        path.group(2)));
            }
        });
    }

    private static void compare(List<Place> places, Report report) {
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < i; j++) {
                Place one = places.get(j);
                Place other = places.get(i);
                if (other.meets(one) && !one.database().equals(other.database())) {
                    report.refuse(
                            other.owner(),
                            "its backups go to " + other + ", and those of " + one.database() + " to " + one
                                    + ": give each a place of its own");
                }
            }
        }
    }
}
