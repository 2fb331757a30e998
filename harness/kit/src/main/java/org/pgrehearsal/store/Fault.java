package org.pgrehearsal.store;

/** What can go wrong between a client and its store. Each says which requests it has a meaning for; others pass as if there were none. */
public sealed interface Fault {
    /** Whether it can be injected into a request. What {@link Missing} does to listings is apart from this. */
    default boolean concerns(S3Request request) {
        return true;
    }

    /** The store answers with this status, and an S3 error as its body; the request does not reach it. */
    record Status(int code) implements Fault {
        public Status {
            if (code < 400 || code > 599) {
                throw new IllegalArgumentException("not the status of an error: " + code);
            }
        }
    }

    /** The connection is reset (TCP RST) once the request's head has been read. */
    record Reset() implements Fault {}

    /** No answer comes for as long as the fault is there; then the connection is closed and the request never reaches the store. */
    record Hang() implements Fault {}

    /**
     * The head of the answer is whole and right, its body stops early and the connection is closed.
     *
     * @param fraction how much of the body still comes, from 0 to less than 1
     */
    record ShortBody(double fraction) implements Fault {
        public ShortBody {
            requireFraction(fraction);
        }

        @Override
        public boolean concerns(S3Request request) {
            return request.method().equals("GET");
        }
    }

    /**
     * The body is cut and the head agrees with it: only what the client knows about the object can tell.
     *
     * @param fraction how much of the body comes, from 0 to less than 1
     */
    record Truncated(double fraction) implements Fault {
        public Truncated {
            requireFraction(fraction);
        }

        @Override
        public boolean concerns(S3Request request) {
            return request.method().equals("GET");
        }
    }

    /**
     * One bit of a body is another on the way: of the answer for a GET, of the request for a PUT. An answer with an error, and a body that ends
     * before the offset, pass untouched and are no hit.
     *
     * @param offset counted from 0 in the body as it is on the wire
     */
    record FlipByte(long offset) implements Fault {
        @Override
        public boolean concerns(S3Request request) {
            return request.method().equals("GET") || request.method().equals("PUT");
        }
    }

    /** The object is not there: 404 for GET and HEAD, and it is left out of listings (but not out of their common prefixes). */
    record Missing() implements Fault {
        @Override
        public boolean concerns(S3Request request) {
            return request.isRead() && !request.key().isEmpty();
        }
    }

    /** A PUT is answered with success and the right ETag, and thrown away: the store that lies. A multipart upload then fails at its end. */
    record StoredNowhere() implements Fault {
        @Override
        public boolean concerns(S3Request request) {
            return request.method().equals("PUT") && !request.key().isEmpty();
        }
    }

    /** The request is carried out, and the connection closed instead of the answer. */
    record AnswerDropped() implements Fault {}

    /** Bodies trickle, both ways. */
    record Slow(long bytesPerSecond) implements Fault {
        public Slow {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("not a rate: " + bytesPerSecond);
            }
        }
    }

    private static void requireFraction(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("not a fraction from 0 to less than 1: " + fraction);
        }
    }
}
