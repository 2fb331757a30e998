package org.pgrehearsal.evidence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The ways in which a secret may have been written to a file. */
final class SecretForms {
    /** Lines of a key or a certificate that are long enough to be nothing else. */
    private static final int TELLING_LINE = 32;

    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        addWithEncodings(secret, forms);
        String[] lines = secret.split("\\R");
        if (lines.length > 1) {
            Arrays.stream(lines)
                    .filter(line -> line.length() >= TELLING_LINE && !line.startsWith("-----"))
                    .forEach(line -> addWithEncodings(line, forms));
        }
        return forms;
    }

    private static void addWithEncodings(String secret, Set<String> forms) {
        forms.add(secret);
        forms.add(json(secret));
        forms.add(json(secret).replace("/", "\\/"));
        forms.add(secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        forms.add(secret.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String percent = form.replace("+", "%20");
        for (String encoded :
                new String[] {form, percent, percent.replace("%7E", "~").replace("*", "%2A")}) {
            forms.add(encoded);
            forms.add(lowerHex(encoded));
        }
        for (int before = 0; before < 3; before++) {
            String inside = base64Inside(secret.getBytes(StandardCharsets.UTF_8), before);
            if (inside.length() >= SecretScan.SHORTEST) {
                forms.add(inside);
                forms.add(inside.replace('+', '-').replace('/', '_'));
            }
        }
    }

    private static String json(String secret) {
        return secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static String lowerHex(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int i = lower.indexOf("%"); i >= 0; i = lower.indexOf("%", i + 1)) {
            lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    /**
     * The base64 digits that depend on nothing but the secret, when that many bytes (0, 1 or 2, modulo 3) stand before it, as in the
     * {@code user:password} of an HTTP header.
     */
    private static String base64Inside(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return from < to ? digits.substring(from, to) : "";
    }
}
