package org.pgrehearsal.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pgrehearsal.lab.Modules;

/**
 * The charts that {@code clusters/drill} asks the lab for, made from what the operators' own modules and types hold.
 *
 * @param modules where those modules are
 * @param crds    the folder of scripts/tools with the CRDs
 */
record LabCharts(Modules modules, Path crds) {
    private static final String REGISTRY = "ghcr.io/cloudnative-pg/";

    /** Writes the charts and the index of a Helm repository into a folder. */
    void write(Path folder) {
        List<Chart> charts = List.of(operator(), plugin(), prometheus());
        charts.forEach(chart -> chart.write(folder));
        StringBuilder index = new StringBuilder("apiVersion: v1\nentries:\n");
        for (Chart chart : charts) {
            index.append("  ")
                    .append(chart.name())
                    .append(":\n    - urls: [")
                    .append(chart.archive())
                    .append("]\n");
            chart.metadata()
                    .lines()
                    .forEach(line -> index.append("      ").append(line).append('\n'));
        }
        try {
            Files.writeString(folder.resolve("index.yaml"), index);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the index of charts: " + e.getMessage(), e);
        }
    }

    private Chart operator() {
        Modules.Module module = modules.find("cloudnative-pg", "github.com/cloudnative-pg/cloudnative-pg");
        Installer installer =
                Installer.read(module.folder().resolve("releases/cnpg-" + module.plainVersion() + ".yaml"));
        installer.operator(REGISTRY + "cloudnative-pg:" + module.plainVersion());
        Map<String, String> files = installer.files();
        files.put("templates/podmonitor.yaml", POD_MONITOR);
        files.put("values.yaml", "resources: {}\nmonitoring:\n  podMonitorEnabled: false\n");
        return new Chart("cloudnative-pg", "0.29.0", files);
    }

    private Chart plugin() {
        Modules.Module module = modules.find("plugin-barman-cloud", "github.com/cloudnative-pg/plugin-barman-cloud");
        Installer installer = Installer.read(module.folder().resolve("manifest.yaml"));
        installer.operator(REGISTRY + "plugin-barman-cloud:" + module.version());
        installer.secret("SIDECAR_IMAGE", REGISTRY + "plugin-barman-cloud-sidecar:" + module.version());
        Map<String, String> files = installer.files();
        files.put("templates/refusal.yaml", REFUSAL);
        files.put("values.yaml", "resources: {}\ncertificate: {}\n");
        return new Chart("plugin-barman-cloud", "0.7.1", files);
    }

    private Chart prometheus() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(crds)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("monitoring.coreos.com_")) {
                    files.put("crds/" + name, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + crds + "; run scripts/tools: " + e.getMessage(), e);
        }
        return new Chart("prometheus-operator-crds", "32.0.0", files);
    }

    private static final String POD_MONITOR = """
            {{- if .Values.monitoring.podMonitorEnabled }}
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata:
              name: cnpg-controller-manager
            spec:
              selector:
                matchLabels:
                  app.kubernetes.io/name: cloudnative-pg
              podMetricsEndpoints:
                - port: metrics
            {{- end }}
            """;

    private static final String REFUSAL = """
            {{- range $name, $wanted := .Values.certificate }}
            {{- if $wanted }}{{ fail (printf "certificate.%s: the lab's chart makes no certificates; whoever makes the cluster makes the Secrets" $name) }}{{ end }}
            {{- end }}
            """;
}
