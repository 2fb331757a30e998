package org.pgrehearsal.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tool.Tool;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.process.Finished;

/** Secrets go round with a throwaway key, by the rules of this repository's own .sops.yaml, and a wrong key fails clearly. */
@Tag("tools")
class SopsTest {
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: cnpg-backup-s3
            stringData:
              S3_ACCESS_KEY_ID: a word that nobody may read
              S3_BUCKET: backups
            """;

    private Toolbox tools = Lab.any();
    private Path place = Path.of("");

    @BeforeEach
    void aPlace() {
        tools = Lab.with(Tool.SOPS, Tool.AGE_KEYGEN);
        place = tools.directory("sops");
    }

    @Test
    void whatIsEncryptedByTheRulesIsReadWithItsKeyOnly() throws Exception {
        Path mine = key("mine");
        Path other = key("other");
        int rules = 0;
        for (JsonNode rule : rules()) {
            rules++;
            String path = example(rule.path("path_regex").asText());
            Path file = Toolbox.write(place.resolve(path), SECRET);
            rewriteFor(recipient(mine));
            sops(mine, "--encrypt", "--in-place", file).orFail();

            String encrypted = Files.readString(file);
            assertThat(encrypted).doesNotContain("nobody may read", "backups").contains("name: cnpg-backup-s3");
            assertThat(Yaml.mapping(sops(mine, "--decrypt", file).orFail().out()))
                    .isEqualTo(Yaml.mapping(SECRET));

            Finished wrong = sops(other, "--decrypt", file);
            assertThat(wrong.exit()).isEqualTo(128);
            assertThat(wrong.out()).isEmpty();
            assertThat(wrong.err()).contains("Failed to get the data key", recipient(mine));
        }
        assertThat(rules).as("creation rules").isPositive();
    }

    @Test
    void aChangedCiphertextIsNoticed() throws Exception {
        Path mine = key("mine");
        String path = example(rules().getFirst().path("path_regex").asText());
        Path file = Toolbox.write(place.resolve(path), SECRET);
        rewriteFor(recipient(mine));
        sops(mine, "--encrypt", "--in-place", file).orFail();
        String encrypted = Files.readString(file);
        int at = encrypted.indexOf("ENC[AES256_GCM,data:") + "ENC[AES256_GCM,data:".length();
        char changed = encrypted.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(file, encrypted.substring(0, at) + changed + encrypted.substring(at + 1));

        assertThat(sops(mine, "--decrypt", file).succeeded()).isFalse();
    }

    private static List<JsonNode> rules() throws IOException, Yaml.Malformed {
        List<JsonNode> rules = new ArrayList<>();
        Yaml.mapping(Files.readString(Lab.root().resolve(".sops.yaml")))
                .path("creation_rules")
                .forEach(rules::add);
        return rules;
    }

    /** A path that the rule is for. */
    private static String example(String regex) {
        String path = regex.replace("^", "")
                .replace("$", "")
                .replace("\\.", ".")
                .replaceAll("\\.[+*]|\\[[^]]*\\][+*]", "example");
        assertThat(path).as("a path made of " + regex).matches(regex);
        return path;
    }

    /** The repository's own configuration, but for another recipient: as scripts/bootstrap does it for a new user. */
    private void rewriteFor(String recipient) throws IOException {
        String own = Files.readString(Lab.root().resolve(".sops.yaml"));
        Toolbox.write(place.resolve(".sops.yaml"), own.replaceAll("age1[a-z0-9]{50,}", recipient));
    }

    private Path key(String name) {
        Path file = place.resolve(name + ".key");
        tools.run(Tool.AGE_KEYGEN, place, "-o", file).orFail();
        return file;
    }

    private String recipient(Path key) {
        return tools.run(Tool.AGE_KEYGEN, place, "-y", key).orFail().out().strip();
    }

    private Finished sops(Path key, Object... arguments) {
        return tools.run(Tool.SOPS, place, Map.of("SOPS_AGE_KEY_FILE", key.toString()), List.of(arguments));
    }
}
