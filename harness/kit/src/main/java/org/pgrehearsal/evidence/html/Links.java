package org.pgrehearsal.evidence.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Links to files beside the page. */
final class Links {
    private Links() {}

    /** A path below the page's own folder as a link; whatever is in it, it cannot lead to another scheme or host. */
    static String relative(String path) {
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("..") && !part.equals("."))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "./", "/"));
    }
}
