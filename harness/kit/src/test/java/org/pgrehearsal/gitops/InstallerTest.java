package org.pgrehearsal.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerTest {
    @TempDir
    Path folder;

    private Map<String, String> files = Map.of();

    @BeforeEach
    void anInstaller() throws IOException {
        Path manifest = Files.writeString(folder.resolve("install.yaml"), """
                kind: Namespace
                metadata: {name: here}
                ---
                kind: CustomResourceDefinition
                spec: {description: "as in {{ this }}"}
                ---
                kind: ConfigMap
                data: {text: "as in {{ this }}"}
                ---
                kind: Secret
                data: {IMAGE: eA==}
                ---
                kind: Deployment
                spec: {template: {spec: {containers: [{name: operator, image: old, resources: {}}]}}}
                ---
                kind: Issuer
                """);
        Installer installer = Installer.read(manifest);
        installer.operator("new:1");
        installer.secret("IMAGE", "sidecar:1");
        files = installer.files();
    }

    @Test
    void definitionsAreApartAndOtherInstallersWorkIsLeftOut() {
        assertThat(files)
                .containsOnlyKeys("crds/000.yaml", "templates/001.yaml", "templates/002.yaml", "templates/003.yaml");
    }

    @Test
    void onlyTemplatesAreEscaped() {
        assertThat(files.get("crds/000.yaml")).contains("as in {{ this }}");
        assertThat(files.get("templates/001.yaml")).contains("as in {{ \"{{\" }} this }}");
    }

    @Test
    void theOperatorIsTheOneOfTheLab() {
        assertThat(files.get("templates/003.yaml"))
                .contains("image: \"new:1\"")
                .contains("resources: {{ toJson .Values.resources }}")
                .doesNotContain("@");
        assertThat(files.get("templates/002.yaml"))
                .contains("IMAGE: \"sidecar:1\"")
                .doesNotContain("eA==");
    }
}
