package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tree.World;

/** Every *.sops.yaml is encrypted in all its values, by the rule of .sops.yaml that is meant for its path, and for the recipient named there. */
record SopsRule() implements Rule {
    private static final String CONFIGURATION = ".sops.yaml";

    private record Creation(Pattern path, String age, JsonNode rule) {}

    @Override
    public String name() {
        return "sops";
    }

    @Override
    public void check(World world, Report report) {
        List<String> files = world.repository()
                .matching(file ->
                        file.endsWith(".sops.yaml") && !file.equals(CONFIGURATION) && !file.contains("/src/test/"));
        if (!world.repository().files().contains(CONFIGURATION)) {
            if (!files.isEmpty()) {
                report.refuse(CONFIGURATION, "", "it is missing, and sops would not know for whom to encrypt");
            }
            return;
        }
        try {
            List<Creation> rules = rules(world, report);
            for (String file : files) {
                report.looked();
                file(world, file, rules, report);
            }
        } catch (Yaml.Malformed e) {
            report.refuse(CONFIGURATION, "", "no YAML: " + e.getMessage());
        }
    }

    private static List<Creation> rules(World world, Report report) throws Yaml.Malformed {
        List<Creation> rules = new ArrayList<>();
        for (JsonNode rule :
                Yaml.mapping(world.repository().text(CONFIGURATION).orElse("")).path("creation_rules")) {
            report.looked();
            String path = rule.path("path_regex").asText();
            rules.add(new Creation(Pattern.compile(path), rule.path("age").asText(), rule));
            if (!rule.path("encrypted_regex").asText().equals("^(data|stringData)$")) {
                report.refuse(
                        CONFIGURATION,
                        path,
                        "encrypted_regex has to be ^(data|stringData)$: Flux and people read the rest");
            }
            if (!rule.path("age").asText().startsWith("age1")) {
                report.refuse(CONFIGURATION, path, "it names no age recipient");
            }
        }
        return rules;
    }

    private static void file(World world, String file, List<Creation> rules, Report report) throws Yaml.Malformed {
        List<Creation> matching =
                rules.stream().filter(rule -> rule.path().matcher(file).find()).toList();
        if (matching.isEmpty()) {
            report.refuse(file, "", "no creation rule of .sops.yaml is for this path");
        }
        for (JsonNode document : Yaml.documents(world.repository().text(file).orElse(""))) {
            String name = document.path("kind").asText() + " "
                    + document.at("/metadata/name").asText();
            JsonNode recipients = document.at("/sops/age");
            if (recipients.isEmpty()) {
                report.refuse(file, name, "it is not encrypted: run sops --encrypt --in-place on it");
                continue;
            }
            values(document).forEach((key, value) -> {
                if (!value.startsWith("ENC[")) {
                    report.refuse(file, name, key + " is not encrypted");
                }
            });
            if (!matching.isEmpty()) {
                boolean meant = false;
                for (JsonNode recipient : recipients) {
                    meant |= recipient
                            .path("recipient")
                            .asText()
                            .equals(matching.getFirst().age());
                }
                if (!meant) {
                    report.refuse(
                            file,
                            name,
                            "it is encrypted for another recipient than .sops.yaml names: run sops updatekeys on it");
                }
            }
        }
    }

    private static Map<String, String> values(JsonNode document) {
        Map<String, String> values = new TreeMap<>();
        for (String section : new String[] {"data", "stringData"}) {
            document.path(section)
                    .properties()
                    .forEach(entry -> values.put(
                            section + "." + entry.getKey(), entry.getValue().asText()));
        }
        return values;
    }
}
