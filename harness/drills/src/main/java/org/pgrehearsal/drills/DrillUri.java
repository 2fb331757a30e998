package org.pgrehearsal.drills;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a scenario knows the run and the backup system that it is for: Cucumber makes steps without asking us, but tells them the address of their
 * feature, {@code rehearsal:/<run>/<system>/<feature>.feature}.
 *
 * @param run     what the run is known by in this JVM
 * @param system  the backup system
 * @param feature the feature's file name without its suffix
 */
public record DrillUri(String run, String system, String feature) {
    private static final Pattern FORM = Pattern.compile("rehearsal:/([^/]+)/([^/]+)/([^/]+)\\.feature");

    /** Reads an address. */
    public static DrillUri parse(URI uri) {
        Matcher matcher = FORM.matcher(uri.toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the address of a drill: " + uri);
        }
        return new DrillUri(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    public URI toUri() {
        return URI.create("rehearsal:/" + run + "/" + system + "/" + feature + ".feature");
    }
}
