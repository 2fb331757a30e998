package org.pgrehearsal.gitops;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * A Helm chart that stands in for one which cannot be downloaded.
 *
 * @param name    of the chart that it stands in for
 * @param version of that chart
 * @param files   text by path in the chart; {@code Chart.yaml} is not among them
 */
record Chart(String name, String version, Map<String, String> files) {
    private static final String DESCRIPTION =
            "Packaged by the lab from the operator's own installer; not the chart of this name.";

    /** Its {@code Chart.yaml}, which is also what an index says of it. */
    String metadata() {
        return """
                apiVersion: v2
                name: %s
                version: %s
                description: %s
                """.formatted(name, version, DESCRIPTION);
    }

    /** The name of its archive. */
    String archive() {
        return name + "-" + version + ".tgz";
    }

    /** Writes its archive into a folder. */
    void write(Path folder) {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.resolve(archive())));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file))) {
            add(tar, "Chart.yaml", metadata());
            for (Map.Entry<String, String> text : files.entrySet()) {
                add(tar, text.getKey(), text.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the chart " + archive() + ": " + e.getMessage(), e);
        }
    }

    private void add(TarArchiveOutputStream tar, String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name + "/" + path);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
