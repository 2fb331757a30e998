package org.pgrehearsal.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** What faults do to a body on its way. */
final class Tampering {
    private static final int STEPS_A_SECOND = 10;

    private Tampering() {}

    /** Turns the lowest bit of one byte over. */
    static HttpBody.Sink flipping(long at, Injection injection, HttpBody.Sink next) {
        long[] position = {0};
        return (buffer, offset, length) -> {
            long index = at - position[0];
            position[0] += length;
            if (index >= 0 && index < length) {
                buffer[offset + (int) index] ^= 1;
                injection.hit();
            }
            next.accept(buffer, offset, length);
        };
    }

    /** Lets so many bytes a second through, for as long as the fault is there. */
    static HttpBody.Sink slow(long bytesPerSecond, Injection injection, HttpBody.Sink next) {
        int step = Math.clamp(bytesPerSecond / STEPS_A_SECOND, 1, 64 * 1024);
        boolean[] removed = {false};
        return (buffer, offset, length) -> {
            for (int done = 0; done < length; done += step) {
                int piece = Math.min(step, length - done);
                try {
                    removed[0] = removed[0] || injection.awaitRemoval(TimeUnit.SECONDS.toNanos(piece) / bytesPerSecond);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
                next.accept(buffer, offset + done, piece);
            }
        };
    }

    /** Stops the copying after so many bytes, by an exception that is no failure. */
    static HttpBody.Sink first(long bytes, HttpBody.Sink next) {
        long[] left = {bytes};
        return (buffer, offset, length) -> {
            int piece = (int) Math.min(length, left[0]);
            next.accept(buffer, offset, piece);
            left[0] -= piece;
            if (left[0] == 0) {
                throw new Enough();
            }
        };
    }

    /** Says that a body was cut as intended. */
    static final class Enough extends IOException {
        Enough() {
            super("cut as intended");
        }
    }
}
