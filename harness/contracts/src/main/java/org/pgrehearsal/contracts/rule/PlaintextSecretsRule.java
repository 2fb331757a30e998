package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.pgrehearsal.contracts.text.Secrets;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/** No file that git knows holds a secret in clear, and no Secret is applied that was not encrypted in git. */
record PlaintextSecretsRule() implements Rule {
    @Override
    public String name() {
        return "plaintext-secrets";
    }

    @Override
    public void check(World world, Report report) {
        for (String file : world.repository().files()) {
            Optional<String> text = world.repository().text(file);
            if (text.isPresent() && !Secrets.holdsChecksums(file)) {
                report.looked();
                Secrets.in(text.get())
                        .forEach(suspicion -> report.refuse(
                                file,
                                "line " + suspicion.line(),
                                "this looks like " + suspicion.what()
                                        + ": take it away, make it invalid at its service, and encrypt the next one"));
                if (file.matches(".*\\.ya?ml") && !file.contains("/templates/")) {
                    yaml(file, text.get(), report);
                }
            }
        }
        for (Rendering rendering : world.clusters()) {
            for (Manifest secret : rendering.all("", "Secret")) {
                report.looked();
                if (!secret.body().has("sops") && holdsValues(secret.body())) {
                    report.refuse(
                            secret,
                            "it is applied with values that were never encrypted: use a *.sops.yaml or name an existing Secret");
                }
            }
        }
    }

    private static void yaml(String file, String text, Report report) {
        List<JsonNode> documents;
        try {
            documents = Yaml.documents(text);
        } catch (Yaml.Malformed e) {
            return; // what has to be YAML is found out when it is built
        }
        for (JsonNode document : documents) {
            if (document.path("kind").asText().equals("Secret") && !document.has("sops") && holdsValues(document)) {
                report.refuse(
                        file,
                        "Secret " + document.at("/metadata/name").asText(),
                        "it is not encrypted: name it *.sops.yaml and run sops --encrypt --in-place on it");
            }
            // fixtures of tests, and values that a chart refuses, hold words in the place of passwords
            if (!document.has("sops") && !file.contains("/src/test/") && !file.contains("/tests/refused/")) {
                for (String field : Secrets.fields(document)) {
                    report.refuse(file, field, "a value in clear stands here: name a Secret and a key of it instead");
                }
            }
        }
    }

    private static boolean holdsValues(JsonNode secret) {
        return !secret.path("data").isEmpty() || !secret.path("stringData").isEmpty();
    }
}
