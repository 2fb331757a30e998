package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.text.Cron;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.Spilo;
import org.pgrehearsal.contracts.tree.Spilo.Source;
import org.pgrehearsal.contracts.tree.Spilo.Variable;
import org.pgrehearsal.contracts.tree.World;

/** What a pod of Zalando's operator really gets, is what Spilo reads, and makes the backups and the clone that are asked for. */
record ZalandoRule() implements Rule {
    private static final Pattern PREFIXED = Pattern.compile("(CLONE_|STANDBY_)?(WALG|WALE|AWS)_.+");
    /** Of the names that begin like that, those that Spilo hands on to wal-g; all others it drops without a word. */
    private static final Set<String> READ = Set.of(
            "WALE_S3_PREFIX",
            "WALG_S3_PREFIX",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "WALE_S3_ENDPOINT",
            "AWS_ENDPOINT",
            "AWS_REGION",
            "AWS_INSTANCE_PROFILE",
            "WALE_DISABLE_S3_SSE",
            "WALG_S3_SSE_KMS_ID",
            "WALG_S3_SSE",
            "WALG_DISABLE_S3_SSE",
            "AWS_S3_FORCE_PATH_STYLE",
            "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_STS_REGIONAL_ENDPOINTS",
            "WALG_DELTA_MAX_STEPS",
            "WALG_DELTA_ORIGIN",
            "WALG_DOWNLOAD_CONCURRENCY",
            "WALG_UPLOAD_CONCURRENCY",
            "WALG_UPLOAD_DISK_CONCURRENCY",
            "WALG_DISK_RATE_LIMIT",
            "WALG_NETWORK_RATE_LIMIT",
            "WALG_COMPRESSION_METHOD",
            "WALG_BACKUP_COMPRESSION_METHOD",
            "WALG_BACKUP_FROM_REPLICA",
            "WALG_SENTINEL_USER_DATA",
            "WALG_PREVENT_WAL_OVERWRITE",
            "WALG_S3_CA_CERT_FILE",
            "WALG_LIBSODIUM_KEY",
            "WALG_LIBSODIUM_KEY_PATH",
            "WALG_LIBSODIUM_KEY_TRANSFORM",
            "WALG_PGP_KEY",
            "WALG_PGP_KEY_PATH",
            "WALG_PGP_KEY_PASSPHRASE",
            "WALE_BACKUP_THRESHOLD_MEGABYTES",
            "WALE_BACKUP_THRESHOLD_PERCENTAGE");

    private static final Pattern CREDENTIAL = Pattern.compile(
            "(CLONE_|STANDBY_)?(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|.*PASSPHRASE|WALG_LIBSODIUM_KEY|WALG_PGP_KEY)");

    @Override
    public String name() {
        return "zalando-environment";
    }

    @Override
    public void check(World world, Report report) {
        for (Rendering rendering : world.renderings()) {
            rendering.all("", "ConfigMap").forEach(object -> credentials(object, report));
            Spilo.Operator operator = operator(rendering);
            for (Manifest cluster : rendering.all("acid.zalan.do", "postgresql")) {
                report.looked();
                environment(Spilo.of(rendering, operator, cluster), rendering, operator, report);
            }
        }
    }

    /** A chart by itself has no operator: what looks like the shared environment of its own rendering is taken for it. */
    private static Spilo.Operator operator(Rendering rendering) {
        Spilo.Operator said = Spilo.Operator.of(rendering);
        if (rendering.kind() != Rendering.Kind.CHART) {
            return said;
        }
        Optional<Manifest> configMap = rendering.all("", "ConfigMap").stream()
                .filter(object -> object.texts("/data").keySet().stream().anyMatch(ZalandoRule::isShared))
                .findFirst();
        return new Spilo.Operator(
                configMap
                        .map(object -> object.namespace() + "/" + object.name())
                        .orElse(""),
                said.secret(),
                said.bucket());
    }

    private static boolean isShared(String name) {
        return Set.of("WALG_S3_PREFIX", "WAL_S3_BUCKET", "BACKUP_SCHEDULE", "USE_WALG_BACKUP")
                .contains(name);
    }

    private static void credentials(Manifest configMap, Report report) {
        for (String key : configMap.texts("/data").keySet()) {
            if (CREDENTIAL.matcher(key).matches()) {
                report.refuse(configMap, key + " is a credential: put it into the Secret of pod_environment_secret");
            }
        }
    }

    private static void environment(Spilo spilo, Rendering rendering, Spilo.Operator operator, Report report) {
        Manifest cluster = spilo.cluster();
        if (rendering.kind() == Rendering.Kind.CLUSTER) {
            if (!operator.configMap().isEmpty() && spilo.configMap().isEmpty()) {
                report.refuse(
                        cluster,
                        "the operator's pod_environment_configmap is " + operator.configMap()
                                + ", which nothing makes");
            }
            if (!operator.secret().isEmpty() && spilo.secret().isEmpty()) {
                report.refuse(
                        cluster,
                        "the operator reads the Secret " + operator.secret() + " from the namespace "
                                + cluster.namespace() + " of the cluster, where nothing makes it");
            }
        }
        for (Variable variable : spilo.variables()) {
            variable(spilo, variable, report);
        }
        twice(spilo, report);
        backup(spilo, report);
        clone(spilo, rendering, report);
    }

    private static void variable(Spilo spilo, Variable variable, Report report) {
        if (variable.source() == Source.OPERATOR || variable.source() == Source.OPERATOR_CONFIGURATION) {
            return;
        }
        String plain = variable.name().replaceFirst("^(CLONE|STANDBY)_", "");
        if (PREFIXED.matcher(variable.name()).matches() && !READ.contains(plain)) {
            report.refuse(
                    at(spilo, variable),
                    "Spilo drops " + variable.name() + " without a word: take it away, or mend its name");
        }
        boolean idle =
                variable.name().startsWith("CLONE_") && spilo.get("CLONE_SCOPE").isEmpty();
        for (String name : idle ? List.<String>of() : spilo.unresolved(variable)) {
            report.refuse(
                    at(spilo, variable),
                    variable.name() + " refers to $(" + name
                            + "), which does not stand before it: it would stay as it is written");
        }
    }

    private static Manifest at(Spilo spilo, Variable variable) {
        return switch (variable.source()) {
            case CONFIG_MAP -> spilo.configMap().orElse(spilo.cluster());
            case SECRET -> spilo.secret().orElse(spilo.cluster());
            case OPERATOR, SPEC_ENV, CLONE, STANDBY, OPERATOR_CONFIGURATION -> spilo.cluster();
        };
    }

    private static void twice(Spilo spilo, Report report) {
        Map<String, Source> seen = new HashMap<>();
        for (Variable variable : spilo.variables()) {
            Source other = seen.putIfAbsent(variable.name(), variable.source());
            if (other != null) {
                report.refuse(
                        spilo.cluster(),
                        variable.name() + " is there twice, from " + other + " and from " + variable.source()
                                + ": say it in one place");
            }
        }
        for (JsonNode entry : spilo.cluster().each("/spec/env")) {
            String name = entry.path("name").asText();
            if (spilo.get(name)
                    .filter(variable -> variable.source() == Source.OPERATOR)
                    .isPresent()) {
                report.refuse(
                        spilo.cluster(), "spec.env sets " + name + ", which the operator sets first: yours is ignored");
            }
        }
    }

    private static void backup(Spilo spilo, Report report) {
        Manifest cluster = spilo.cluster();
        if (spilo.archive().isEmpty()) {
            return;
        }
        if (spilo.get("BACKUP_SCHEDULE").isPresent()) {
            String schedule = spilo.value("BACKUP_SCHEDULE");
            try {
                Cron.five(schedule);
            } catch (IllegalArgumentException e) {
                report.refuse(
                        cluster,
                        "BACKUP_SCHEDULE \"" + schedule + "\" has " + e.getMessage()
                                + ": no backup would ever be made");
            }
        }
        if (spilo.value("USE_WALG_BACKUP").equals("false")) {
            report.refuse(
                    cluster,
                    "USE_WALG_BACKUP=false does not switch backups off: set WALG_S3_PREFIX and WAL_S3_BUCKET to \"\"");
        }
        boolean byPrefix = !spilo.value("WALG_S3_PREFIX").isEmpty();
        Optional<Variable> bucket = spilo.get("WAL_S3_BUCKET");
        if (!byPrefix
                && bucket.filter(set -> set.source() == Source.CONFIG_MAP).isPresent()
                && spilo.get("WAL_BUCKET_SCOPE_PREFIX").isEmpty()) {
            report.refuse(
                    cluster, "WAL_S3_BUCKET without WAL_BUCKET_SCOPE_PREFIX: \"\" is archived where no clone looks");
        }
        if (cluster.at("/spec/postgresql/parameters").path("archive_timeout").isMissingNode()) {
            report.refuse(
                    cluster,
                    "say archive_timeout in postgresql.parameters: Spilo's own is half an hour, which an idle database may lose");
        }
    }

    private static void clone(Spilo spilo, Rendering rendering, Report report) {
        Manifest cluster = spilo.cluster();
        JsonNode clone = cluster.at("/spec/clone");
        String timestamp = clone.path("timestamp").asText();
        for (String field : List.of("s3_access_key_id", "s3_secret_access_key")) {
            if (clone.has(field)) {
                report.refuse(
                        cluster,
                        "spec.clone." + field + " stands there in clear: use CLONE_AWS_… in the shared Secret");
            }
        }
        if (timestamp.isEmpty()) {
            return;
        }
        boolean template = spilo.get("CLONE_WALG_S3_PREFIX").isPresent();
        boolean own = clone.has("s3_wal_path");
        if (template && own) {
            report.refuse(
                    cluster,
                    "CLONE_WALG_S3_PREFIX of the shared environment beats spec.clone.s3_wal_path: use one of them");
        }
        if (!template
                && !own
                && !clone.has("uid")
                && spilo.get("CLONE_WAL_S3_BUCKET").isEmpty()) {
            report.refuse(
                    cluster,
                    "nothing says where the backup is, and the operator would start an empty cluster: set CLONE_WALG_S3_PREFIX, s3_wal_path or uid");
        }
        boolean known = rendering.kind() == Rendering.Kind.CLUSTER;
        if (known
                && spilo.get("CLONE_AWS_ACCESS_KEY_ID").isEmpty()
                && spilo.get("AWS_ACCESS_KEY_ID").isPresent()) {
            report.refuse(
                    cluster,
                    "a clone reads with CLONE_AWS_ACCESS_KEY_ID and CLONE_AWS_SECRET_ACCESS_KEY only: add them to the shared Secret");
        }
    }
}
