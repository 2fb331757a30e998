package org.pgrehearsal.store;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Which requests a fault is meant for. Keeps no state: from when on is said by {@link FaultRule}. */
@FunctionalInterface
public interface Selector {
    boolean selects(S3Request request);

    static Selector everything() {
        return request -> true;
    }

    static Selector method(String... methods) {
        Set<String> wanted = Set.copyOf(Arrays.asList(methods));
        return request -> wanted.contains(request.method());
    }

    /** Requests for objects whose key has a match of the expression somewhere in it; never a listing. */
    static Selector key(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return request ->
                !request.key().isEmpty() && pattern.matcher(request.key()).find();
    }

    /** Listings, of whatever prefix. */
    static Selector listing() {
        return S3Request::isList;
    }

    static Selector bucket(String name) {
        return request -> request.bucket().equals(name);
    }

    /** Objects that are named after a segment of the write-ahead log, whatever suffix the engine gives them. */
    static Selector walSegment() {
        return key("(^|/)[0-9A-F]{24}([.-][^/]*)?$");
    }

    default Selector and(Selector other) {
        return request -> selects(request) && other.selects(request);
    }

    default Selector or(Selector other) {
        return request -> selects(request) || other.selects(request);
    }
}
