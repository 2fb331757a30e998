package org.pgrehearsal.plugin.pgbackrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.plugin.Refusal;

/**
 * What a backup's manifest promises against what the repository holds: every file of the backup, also of those that it builds on, is there and as
 * long as it must be. Both are read as streams, so that a large backup does not need a large heap.
 */
final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAMED = 3;

    /** Sizes of the objects of the backups concerned, by path below the stanza. */
    private final Map<String, Long> stored = new HashMap<>();

    private final List<String> broken = new ArrayList<>();
    private final String label;
    private String section = "";
    private long files;

    private Manifest(String label) {
        this.label = label;
    }

    /**
     * Compares.
     *
     * @return how many files were compared
     */
    static long check(PgBackRest archive, int repository, String label, List<String> references) {
        Manifest manifest = new Manifest(label);
        String stanza = "backup/" + archive.settings().stanza() + "/";
        List<String> labels = new ArrayList<>(references);
        labels.add(label);
        for (String one : labels) {
            String json = archive.read("--repo=" + repository, "repo-ls", "--recurse", "--output=json", stanza + one);
            manifest.list(one, json);
        }
        archive.read(manifest::line, "--repo=" + repository, "repo-get", stanza + label + "/backup.manifest");
        return manifest.verdict();
    }

    void list(String backup, String json) {
        tree(json).properties().forEach(entry -> {
            if (entry.getValue().path("type").asText().equals("file")) {
                stored.put(
                        backup + "/" + entry.getKey(),
                        entry.getValue().path("size").asLong());
            }
        });
    }

    void line(String line) {
        if (line.startsWith("[") && line.endsWith("]")) {
            section = line;
        } else if (section.equals("[target:file]") && !line.isEmpty()) {
            int equals = line.indexOf("={");
            file(line.substring(0, equals), tree(line.substring(equals + 1)));
        }
    }

    private void file(String name, JsonNode entry) {
        files++;
        long size = entry.path("size").asLong();
        long length = entry.path("repo-size").asLong(size);
        if (size == 0) {
            return;
        }
        String backup = entry.path("reference").asText(label);
        boolean bundled = entry.has("bni");
        String path = bundled ? backup + "/bundle/" + entry.path("bni").asLong() : backup + "/" + name;
        Long there = find(path);
        long needed = bundled ? entry.path("bno").asLong() + length : length;
        if (there == null) {
            broken.add(name + " (missing: " + path + ")");
        } else if (bundled ? there < needed : there != needed) {
            broken.add(name + " (" + path + " has " + there + " bytes, not " + needed + ")");
        }
    }

    /** With the extension of its compression, or that of a block incremental file. */
    private @org.jspecify.annotations.Nullable Long find(String path) {
        for (String extension : List.of("", ".lz4", ".gz", ".zst", ".bz2", ".pgbi")) {
            Long size = stored.get(path + extension);
            if (size != null) {
                return size;
            }
        }
        return null;
    }

    long verdict() {
        if (files == 0) {
            throw Refusal.dataLoss("the manifest of backup " + label + " names no file");
        }
        if (!broken.isEmpty()) {
            throw Refusal.dataLoss("backup " + label + " is not whole: " + broken.size() + " of " + files
                    + " files are not in the repository as the manifest has them, first "
                    + String.join(", ", broken.subList(0, Math.min(NAMED, broken.size())))
                    + "; take a new full backup");
        }
        return files;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // the original message only: a manifest holds the key of its files
            throw Refusal.dataLoss("a list of the repository is not JSON at column "
                    + e.getLocation().getColumnNr());
        }
    }
}
