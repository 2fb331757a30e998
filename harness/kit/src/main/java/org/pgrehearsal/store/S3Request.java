package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ProtocolException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client asks of a store, read off a path-style request line.
 *
 * @param method     GET, PUT…
 * @param bucket     empty for the list of buckets
 * @param key        the object's key, decoded; empty for a request about a bucket
 * @param parameters of the query, decoded; a name without value has an empty one
 */
public record S3Request(String method, String bucket, String key, Map<String, String> parameters) {
    public S3Request {
        parameters = Map.copyOf(parameters);
    }

    static S3Request parse(String method, String target) throws ProtocolException {
        if (!target.startsWith("/")) {
            throw new ProtocolException("not a path: " + target);
        }
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        var parameters = new HashMap<String, String>();
        if (question >= 0) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    parameters.put(
                            decoded(equals < 0 ? pair : pair.substring(0, equals)),
                            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
        }
        int slash = path.indexOf('/', 1);
        return new S3Request(
                method,
                decoded(path.substring(1, slash < 0 ? path.length() : slash)),
                slash < 0 ? "" : decodedPath(path.substring(slash + 1)),
                parameters);
    }

    /** Whether it asks for the objects of a bucket (ListObjects, both versions). */
    public boolean isList() {
        return method.equals("GET")
                && !bucket.isEmpty()
                && key.isEmpty()
                && (parameters.containsKey("list-type")
                        || parameters.containsKey("prefix")
                        || parameters.isEmpty()
                        || parameters.containsKey("delimiter")
                        || parameters.containsKey("max-keys"));
    }

    /** The prefix of a listing; empty if it has none. */
    public String prefix() {
        return parameters.getOrDefault("prefix", "");
    }

    /** Whether it can change nothing in the store. */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The same question for one object, as a client would ask that read it. */
    S3Request ofObject(String objectKey) {
        return new S3Request("GET", bucket, objectKey, Map.of());
    }

    // a plus sign stands for itself in a path
    private static String decodedPath(String text) throws ProtocolException {
        return decoded(text.replace("+", "%2B"));
    }

    private static String decoded(String text) throws ProtocolException {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("not percent-encoded: " + text);
        }
    }
}
