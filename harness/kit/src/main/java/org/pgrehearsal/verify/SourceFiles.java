package org.pgrehearsal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the lines of configuration files that came along in a backup. */
final class SourceFiles {
    private static final Pattern RECOVERY = Pattern.compile("\\s*(restore_command|recovery_target\\w*)\\s*=.*");
    private static final Pattern PRELOAD = Pattern.compile("\\s*shared_preload_libraries\\s*=?\\s*'([^']*)'.*");

    private SourceFiles() {}

    /** The lines that say how to recover, as the backup system wrote them; whatever else the source had set stays behind. */
    static String recoveryOnly(List<String> lines) {
        return lines.stream()
                .filter(line -> RECOVERY.matcher(line).matches())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** The libraries that the source loads at its start: the last line of the kind counts. */
    static List<String> preloaded(List<String> lines) {
        List<String> libraries = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = PRELOAD.matcher(line);
            if (matcher.matches()) {
                libraries.clear();
                for (String name : matcher.group(1).split(",")) {
                    String library = name.strip().replace("\"", "").replace("$libdir/", "");
                    if (!library.isEmpty()) {
                        libraries.add(library);
                    }
                }
            }
        }
        return libraries;
    }
}
