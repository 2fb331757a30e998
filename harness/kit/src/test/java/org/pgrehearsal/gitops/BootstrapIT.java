package org.pgrehearsal.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.lab.ImageSource;
import org.pgrehearsal.lab.Lab;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.k3s.K3sNode;
import org.pgrehearsal.platform.k3s.NodeImages;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;

/** The platform of this very work tree, by Flux, on a Docker engine; builds the images if they are not there. */
@Tag("lab")
class BootstrapIT {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Map<String, String> KEYS = Map.of(
            "S3_ACCESS_KEY_ID", "GK" + "0123456789ab".repeat(2), "S3_SECRET_ACCESS_KEY", "0123456789abcdef".repeat(4));

    @TempDir
    Path folder;

    @Test
    void fluxMakesEverythingOfTheTreeReady() throws IOException {
        List<String> said = new ArrayList<>();
        String id = UUID.randomUUID().toString();
        try (Lab lab = Lab.open(REPOSITORY);
                Janitor janitor = Janitor.watch(folder.resolve("work"), id, false)) {
            NodeImages images = lab.bring(
                    Set.of("cnpg-barman", "cnpg-pgbackrest", "flux", "garage"), ImageSource.ofThisMachine(), said::add);
            Transcript transcript = new Transcript(folder.resolve("log"), new Redaction());
            Runner runner = new Runner(Account.self(), folder.resolve("work"), janitor, transcript);
            Path cache = Toolbox.ofThisMachine().cache();
            try (K3sNode node = K3sNode.start(images);
                    Bootstrap platform = Bootstrap.run(
                            new Bootstrap.Place(REPOSITORY, node, lab, cache, runner, KEYS, Set.of()), said::add)) {
                assertThat(said).last().isEqualTo("everything is ready");
                assertThat(new Reconciled(node.client()).unready()).isEmpty();
                assertThat(decrypted(node.client())).isEqualTo(KEYS.get("S3_ACCESS_KEY_ID"));
                assertThat(platform.tree().folder().resolve("clusters/drill")).isDirectory();
            }
        }
    }

    /** What Flux made of a Secret that is encrypted in the tree. */
    private static String decrypted(KubernetesClient client) {
        Secret secret =
                client.secrets().inNamespace("storage").withName("garage").get();
        return new String(Base64.getDecoder().decode(secret.getData().get("S3_ACCESS_KEY_ID")), StandardCharsets.UTF_8);
    }
}
