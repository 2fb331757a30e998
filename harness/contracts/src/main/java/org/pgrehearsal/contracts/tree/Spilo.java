package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment that a pod of one of Zalando's clusters gets, in the order in which the operator (1.15, 2.0) puts it together: what it sets itself,
 * {@code spec.env}, clone, standby, the shared Secret, the shared ConfigMap, its own configuration. The first of a name wins; only what clone adds is
 * appended without a look at what is there.
 *
 * @param cluster     the {@code postgresql}
 * @param variables   all of them, in order
 * @param configMap   the shared ConfigMap, if it is known
 * @param secret      the shared Secret, if it is known
 */
public record Spilo(
        Manifest cluster, List<Variable> variables, Optional<Manifest> configMap, Optional<Manifest> secret) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    /** Who sets a variable, in the operator's order. */
    public enum Source {
        OPERATOR,
        SPEC_ENV,
        CLONE,
        STANDBY,
        SECRET,
        CONFIG_MAP,
        OPERATOR_CONFIGURATION
    }

    /**
     * One variable.
     *
     * @param name   of it
     * @param value  as it is written; of a Secret or another reference, nothing
     * @param source that set it
     */
    public record Variable(String name, Optional<String> value, Source source) {}

    /**
     * What the operator is told: the names of the shared objects and the bucket.
     *
     * @param configMap {@code namespace/name} or a name; empty for none
     * @param secret    a name, or {@code namespace/name}; empty for none
     * @param bucket    {@code wal_s3_bucket}; empty for none
     */
    public record Operator(String configMap, String secret, String bucket) {
        /** Read from an OperatorConfiguration, or from the values of the operator's chart. */
        public static Operator of(Rendering rendering) {
            for (Manifest object : rendering.manifests()) {
                if (object.is("acid.zalan.do", "OperatorConfiguration")) {
                    return new Operator(
                            object.text("/configuration/kubernetes/pod_environment_configmap"),
                            object.text("/configuration/kubernetes/pod_environment_secret"),
                            object.text("/configuration/aws_or_gcp/wal_s3_bucket"));
                }
                if (object.is("helm.toolkit.fluxcd.io", "HelmRelease")
                        && object.at("/spec/values").has("configKubernetes")) {
                    return new Operator(
                            object.text("/spec/values/configKubernetes/pod_environment_configmap"),
                            object.text("/spec/values/configKubernetes/pod_environment_secret"),
                            object.text("/spec/values/configAwsOrGcp/wal_s3_bucket"));
                }
            }
            return new Operator("", "", "");
        }
    }

    /** The environment of one cluster. */
    public static Spilo of(Rendering rendering, Operator operator, Manifest cluster) {
        Optional<Manifest> configMap = shared(rendering, "ConfigMap", operator.configMap(), cluster.namespace());
        Optional<Manifest> secret = shared(rendering, "Secret", operator.secret(), cluster.namespace());
        List<Variable> variables = new ArrayList<>();
        fixed(cluster).forEach((name, value) -> variables.add(new Variable(name, value, Source.OPERATOR)));
        List<Variable> later = new ArrayList<>();
        for (JsonNode entry : cluster.each("/spec/env")) {
            Optional<String> value = entry.has("valueFrom")
                    ? Optional.empty()
                    : Optional.of(entry.path("value").asText());
            later.add(new Variable(entry.path("name").asText(), value, Source.SPEC_ENV));
        }
        addNew(variables, later);
        // appended as they are, also what is there already
        variables.addAll(clone(cluster));
        addNew(variables, standby(cluster));
        addNew(
                variables,
                secret.stream()
                        .flatMap(object -> keys(object).stream())
                        .map(key -> new Variable(key, Optional.empty(), Source.SECRET))
                        .toList());
        addNew(
                variables,
                configMap.stream()
                        .flatMap(object -> object.texts("/data").entrySet().stream())
                        .map(entry -> new Variable(entry.getKey(), Optional.of(entry.getValue()), Source.CONFIG_MAP))
                        .toList());
        if (!operator.bucket().isEmpty()) {
            addNew(
                    variables,
                    List.of(
                            own("WAL_S3_BUCKET", operator.bucket()),
                            own("WAL_BUCKET_SCOPE_SUFFIX", "/<uid>"),
                            own("WAL_BUCKET_SCOPE_PREFIX", "")));
        }
        return new Spilo(cluster, List.copyOf(variables), configMap, secret);
    }

    private static List<String> keys(Manifest secret) {
        List<String> keys = new ArrayList<>(secret.texts("/data").keySet());
        keys.addAll(secret.texts("/stringData").keySet());
        return keys;
    }

    private static Variable own(String name, String value) {
        return new Variable(name, Optional.of(value), Source.OPERATOR_CONFIGURATION);
    }

    private static Optional<Manifest> shared(Rendering rendering, String kind, String reference, String home) {
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        int slash = reference.indexOf('/');
        String name = reference.substring(slash + 1);
        // the operator reads a Secret from the cluster's own namespace only
        String namespace = slash < 0 || kind.equals("Secret") ? home : reference.substring(0, slash);
        return rendering.all("", kind).stream()
                .filter(object ->
                        object.name().equals(name) && object.namespace().equals(namespace))
                .findFirst();
    }

    private static void addNew(List<Variable> variables, List<Variable> more) {
        for (Variable variable : more) {
            if (variables.stream().noneMatch(there -> there.name().equalsIgnoreCase(variable.name()))) {
                variables.add(variable);
            }
        }
    }

    private static Map<String, Optional<String>> fixed(Manifest cluster) {
        Map<String, Optional<String>> fixed = new LinkedHashMap<>();
        fixed.put("SCOPE", Optional.of(cluster.name()));
        fixed.put("PGROOT", Optional.of("/home/postgres/pgdata/pgroot"));
        fixed.put("POD_IP", Optional.empty());
        fixed.put("POD_NAMESPACE", Optional.of(cluster.namespace()));
        for (String name : new String[] {
            "PGUSER_SUPERUSER",
            "KUBERNETES_SCOPE_LABEL",
            "KUBERNETES_ROLE_LABEL",
            "PGPASSWORD_SUPERUSER",
            "PGUSER_STANDBY",
            "PGPASSWORD_STANDBY",
            "PAM_OAUTH2",
            "HUMAN_ROLE"
        }) {
            fixed.put(name, Optional.empty());
        }
        fixed.put("PGVERSION", Optional.of(cluster.text("/spec/postgresql/version")));
        for (String name : new String[] {
            "KUBERNETES_LABELS", "SPILO_CONFIGURATION", "DCS_ENABLE_KUBERNETES_API", "KUBERNETES_BOOTSTRAP_LABELS"
        }) {
            fixed.put(name, Optional.empty());
        }
        return fixed;
    }

    private static List<Variable> clone(Manifest cluster) {
        JsonNode clone = cluster.at("/spec/clone");
        List<Variable> variables = new ArrayList<>();
        if (clone.path("cluster").asText().isEmpty()) {
            return variables;
        }
        add(variables, Source.CLONE, "CLONE_SCOPE", clone.path("cluster").asText());
        if (clone.path("timestamp").asText().isEmpty()) {
            add(variables, Source.CLONE, "CLONE_METHOD", "CLONE_WITH_BASEBACKUP");
            return variables;
        }
        add(variables, Source.CLONE, "CLONE_METHOD", "CLONE_WITH_WALE");
        add(
                variables,
                Source.CLONE,
                "CLONE_TARGET_TIME",
                clone.path("timestamp").asText());
        fields(
                variables,
                Source.CLONE,
                clone,
                Map.of(
                        "s3_wal_path", "CLONE_WALE_S3_PREFIX",
                        "s3_endpoint", "CLONE_AWS_ENDPOINT",
                        "s3_access_key_id", "CLONE_AWS_ACCESS_KEY_ID",
                        "s3_secret_access_key", "CLONE_AWS_SECRET_ACCESS_KEY",
                        "s3_force_path_style", "CLONE_AWS_S3_FORCE_PATH_STYLE"));
        return variables;
    }

    private static List<Variable> standby(Manifest cluster) {
        JsonNode standby = cluster.at("/spec/standby");
        List<Variable> variables = new ArrayList<>();
        fields(
                variables,
                Source.STANDBY,
                standby,
                Map.of(
                        "s3_wal_path", "STANDBY_WALE_S3_PREFIX",
                        "gs_wal_path", "STANDBY_WALE_GS_PREFIX",
                        "standby_host", "STANDBY_HOST",
                        "standby_port", "STANDBY_PORT"));
        return variables;
    }

    private static void fields(List<Variable> variables, Source source, JsonNode from, Map<String, String> names) {
        new java.util.TreeMap<>(names).forEach((field, name) -> {
            if (from.has(field)) {
                add(variables, source, name, from.path(field).asText());
            }
        });
    }

    private static void add(List<Variable> variables, Source source, String name, String value) {
        variables.add(new Variable(name, Optional.of(value), source));
    }

    /** The variable that the process sees; of one that is there twice, the last. */
    public Optional<Variable> get(String name) {
        return variables.reversed().stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }

    /** The value that the process sees, if it is known here. */
    public String value(String name) {
        return get(name).map(this::expanded).orElse("");
    }

    /** As Kubernetes replaces {@code $(NAME)}: only by what stands before it in the list. */
    public String expanded(Variable variable) {
        String written = variable.value().orElse("");
        StringBuilder result = new StringBuilder();
        Matcher reference = REFERENCE.matcher(written);
        while (reference.find()) {
            String replacement = reference.group(1) == null
                    ? "$"
                    : before(variable, reference.group(1))
                            .map(earlier ->
                                    earlier.value().isPresent() ? expanded(earlier) : "<" + earlier.name() + ">")
                            .orElse(reference.group());
            reference.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return reference.appendTail(result).toString();
    }

    /** Names that a value refers to and that do not stand before it, so that the text stays as it is. */
    public List<String> unresolved(Variable variable) {
        List<String> names = new ArrayList<>();
        Matcher reference = REFERENCE.matcher(variable.value().orElse(""));
        while (reference.find()) {
            if (reference.group(1) != null
                    && before(variable, reference.group(1)).isEmpty()) {
                names.add(reference.group(1));
            }
        }
        return names;
    }

    private Optional<Variable> before(Variable variable, String name) {
        int index = variables.indexOf(variable);
        return variables.subList(0, Math.max(index, 0)).reversed().stream()
                .filter(earlier -> earlier.name().equals(name))
                .findFirst();
    }

    /** Where its backups go; empty if it makes none. */
    public String archive() {
        for (String name : new String[] {"WALG_S3_PREFIX", "WALE_S3_PREFIX"}) {
            if (!value(name).isEmpty()) {
                return value(name);
            }
        }
        String bucket = value("WAL_S3_BUCKET");
        if (bucket.isEmpty()) {
            return "";
        }
        String prefix = get("WAL_BUCKET_SCOPE_PREFIX").isPresent()
                ? value("WAL_BUCKET_SCOPE_PREFIX")
                : cluster.namespace() + "-";
        return String.format(
                Locale.ROOT,
                "s3://%s/spilo/%s%s%s/wal/%s",
                bucket,
                prefix,
                cluster.name(),
                value("WAL_BUCKET_SCOPE_SUFFIX").replace("<uid>", "<uid of " + cluster.title() + ">"),
                value("PGVERSION"));
    }
}
