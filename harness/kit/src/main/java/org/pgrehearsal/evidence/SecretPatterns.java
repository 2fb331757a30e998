package org.pgrehearsal.evidence;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every form of every secret, found in one pass: four bytes at each place choose the forms that may begin there, and only those are compared.
 */
final class SecretPatterns {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final Map<Integer, List<Pattern>> byStart = new HashMap<>();
    private final boolean[] mayStart = new boolean[1 << 16];
    private final int longest;

    @SuppressWarnings("ArrayRecordComponent") // never compared with another
    private record Pattern(String secret, byte[] form) {}

    SecretPatterns(Map<String, String> secrets) {
        int max = 1;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            for (String form : SecretForms.of(secret.getValue())) {
                byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
                int start = start(bytes, 0);
                byStart.computeIfAbsent(start, _ -> new ArrayList<>()).add(new Pattern(secret.getKey(), bytes));
                mayStart[slot(start)] = true;
                max = Math.max(max, bytes.length);
            }
        }
        longest = max;
    }

    /** Bytes in the longest form. */
    int longest() {
        return longest;
    }

    /** Adds the name of each secret that the first {@code length} bytes hold. */
    void find(byte[] bytes, int length, Set<String> found) {
        for (int at = 0; at + Integer.BYTES <= length; at++) {
            int start = start(bytes, at);
            if (mayStart[slot(start)]) {
                for (Pattern pattern : byStart.getOrDefault(start, List.of())) {
                    if (isAt(bytes, at, length, pattern.form)) {
                        found.add(pattern.secret);
                    }
                }
            }
        }
    }

    private static boolean isAt(byte[] bytes, int at, int length, byte[] form) {
        return at + form.length <= length && java.util.Arrays.equals(bytes, at, at + form.length, form, 0, form.length);
    }

    private static int start(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    private static int slot(int start) {
        return (start * 0x9E3779B1) >>> 16;
    }
}
