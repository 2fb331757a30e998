package org.pgrehearsal.plugin.pgbackrest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The WAL of one cluster in one repository, by listing it and never by what an engine remembers.
 *
 * @param archive    whose it is
 * @param repository its number
 * @param id         the directory of the cluster's WAL, such as {@code 15-1}
 */
public record ArchiveListing(PgBackRest archive, int repository, String id) {
    private static final Pattern STORED = Pattern.compile("([0-9A-F]{24})-[0-9a-f]{40}(\\.[a-z0-9]+)?");
    private static final Pattern HISTORY = Pattern.compile("([0-9A-F]{8})\\.history");

    /** Segments of a range that are not there. */
    public List<String> missing(String first, String last, long size) {
        NavigableSet<String> there = new TreeSet<>();
        String timeline = WalName.timeline(last);
        long end = WalName.number(last, size);
        List<String> missing = new ArrayList<>();
        String directory = "";
        for (long number = WalName.number(first, size); number <= end; number++) {
            String name = WalName.at(timeline, number, size);
            if (!name.substring(0, 16).equals(directory)) {
                directory = name.substring(0, 16);
                there.addAll(segments(directory));
            }
            if (!there.contains(name)) {
                missing.add(name);
            }
        }
        return missing;
    }

    /**
     * A later segment on the same timeline, if there is one and no other timeline left this one at or before the segment asked for: then what is
     * missing is a hole and not the end.
     *
     * @return its name, or an empty text
     */
    public String laterThan(String segment, long size) {
        String timeline = WalName.timeline(segment);
        List<String> entries = entries("");
        String later = "";
        for (String directory : directories(entries, timeline).descendingSet()) {
            if (directory.compareTo(segment.substring(0, 16)) < 0) {
                break;
            }
            NavigableSet<String> segments = segments(directory);
            if (!segments.isEmpty() && segments.last().compareTo(segment) > 0) {
                later = segments.last();
                break;
            }
        }
        return later.isEmpty() || leftBefore(entries, segment, size) ? "" : later;
    }

    /** Whether some timeline left that of the segment at or before it, so that recovery may ask for it in vain. */
    private boolean leftBefore(List<String> entries, String segment, long size) {
        int own = Integer.parseInt(WalName.timeline(segment), 16);
        for (String entry : entries) {
            Matcher history = HISTORY.matcher(entry);
            if (!history.matches() || Integer.parseInt(history.group(1), 16) <= own) {
                continue;
            }
            for (String line : archive.read("--repo=" + repository, "repo-get", path(entry))
                    .split("\n")) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length >= 2
                        && fields[0].equals(Integer.toString(own))
                        && WalName.numberOf(fields[1], size) <= WalName.number(segment, size)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * What is there.
     *
     * @param gaps  how many segments are missing between the first and the last of each timeline
     * @param bytes of all segments as they are stored
     */
    public record Contents(long gaps, long bytes) {
        public static final Contents NOTHING = new Contents(0, 0);
    }

    /** Goes through all of it, one directory of segments after another. */
    public Contents contents(long size) {
        NavigableMap<String, Long> last = new TreeMap<>();
        long gaps = 0;
        long bytes = 0;
        for (String directory : directories(entries(""), "")) {
            JsonNode listing =
                    Manifest.tree(archive.read("--repo=" + repository, "repo-ls", "--output=json", path(directory)));
            NavigableMap<String, Long> segments = new TreeMap<>();
            listing.properties().forEach(file -> {
                Matcher stored = STORED.matcher(file.getKey());
                if (stored.matches()) {
                    segments.put(stored.group(1), file.getValue().path("size").asLong());
                }
            });
            for (Map.Entry<String, Long> segment : segments.entrySet()) {
                long number = WalName.number(segment.getKey(), size);
                Long before = last.put(WalName.timeline(segment.getKey()), number);
                gaps += before == null ? 0 : number - before - 1;
                bytes += segment.getValue();
            }
        }
        return new Contents(gaps, bytes);
    }

    private NavigableSet<String> segments(String directory) {
        NavigableSet<String> names = new TreeSet<>();
        for (String entry : entries(directory)) {
            Matcher stored = STORED.matcher(entry);
            if (stored.matches()) {
                names.add(stored.group(1));
            }
        }
        return names;
    }

    private static NavigableSet<String> directories(List<String> entries, String timeline) {
        NavigableSet<String> names = new TreeSet<>();
        for (String entry : entries) {
            if (entry.length() == 16 && entry.startsWith(timeline)) {
                names.add(entry);
            }
        }
        return names;
    }

    private List<String> entries(String directory) {
        return archive.read("--repo=" + repository, "repo-ls", path(directory))
                .lines()
                .toList();
    }

    private String path(String entry) {
        return "archive/" + archive.settings().stanza() + "/" + id + (entry.isEmpty() ? "" : "/" + entry);
    }
}
