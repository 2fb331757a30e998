package org.pgrehearsal.evidence;

import java.text.Normalizer;
import java.util.Locale;

/** Names for folders: lower-case letters, digits and single hyphens, never empty, never hidden, never long. */
final class SafeName {
    private static final int LONGEST = 80;

    private SafeName() {}

    static String of(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "unnamed" : cut;
    }
}
