package org.pgrehearsal.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request that came to a gate, and what became of it.
 *
 * @param at     when its head was read
 * @param key    the object's key; for a listing its prefix
 * @param list   whether it asked for a listing
 * @param status what the client was answered; 0 if it got no answer, or not the whole head of one
 * @param bytes  of body, both ways together, as they went through the gate
 * @param took   until the last byte was handed to the client, or the connection was given up
 * @param fault  the fault that was injected into it, or null
 */
public record Exchange(
        Instant at,
        String method,
        String bucket,
        String key,
        boolean list,
        int status,
        long bytes,
        Duration took,
        @Nullable String fault) {}
