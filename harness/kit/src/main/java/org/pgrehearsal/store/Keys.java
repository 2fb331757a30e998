package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;

/** The order of keys in S3: by their UTF-8 bytes, which differs from Java's order of strings beyond the basic plane. */
final class Keys {
    static final Comparator<String> BY_UTF8 =
            (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

    private Keys() {}
}
