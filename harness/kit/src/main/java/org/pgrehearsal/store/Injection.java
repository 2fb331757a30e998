package org.pgrehearsal.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A rule at work in a gate; closing it is the undo. {@link #hits()} stays readable afterwards: a fault that never fired makes a drill
 * inconclusive.
 */
public final class Injection implements AutoCloseable {
    private final FaultRule rule;
    private final Runnable removal;
    private final CountDownLatch removed = new CountDownLatch(1);
    private final Map<String, Integer> ordinals = new HashMap<>();
    private int matches;
    private int claims;
    private int hits;

    Injection(FaultRule rule, Runnable removal) {
        this.rule = rule;
        this.removal = removal;
    }

    public FaultRule rule() {
        return rule;
    }

    /** How many requests the fault really changed something for. */
    public synchronized int hits() {
        return hits;
    }

    /** Takes the fault away; requests that hang in it are let go. */
    @Override
    public void close() {
        removal.run();
        removed.countDown();
    }

    /** Counts a request, and says whether the fault is for it. */
    synchronized boolean claims(S3Request request) {
        boolean begun = switch (rule.begin()) {
            case FaultRule.Begin.AtMatch(int n) -> matches(request) && ++matches >= n;
            case FaultRule.Begin.AtKey(int k) -> matches(request) && ordinal(request) >= k;
            case FaultRule.Begin.OnceKey(Selector trigger, int k) -> {
                if (trigger.selects(request)) {
                    ordinal(request);
                }
                yield ordinals.size() >= k && matches(request);
            }
        };
        if (!begun || claims >= rule.times()) {
            return false;
        }
        claims++;
        return true;
    }

    /** Whether the fault has begun for a key that was not asked for itself, without counting anything. */
    synchronized boolean hides(S3Request object) {
        if (claims >= rule.times() || !rule.selector().selects(object)) {
            return false;
        }
        return switch (rule.begin()) {
            case FaultRule.Begin.AtMatch(int n) -> matches + 1 >= n;
            case FaultRule.Begin.AtKey(int k) -> ordinals.getOrDefault(object.key(), ordinals.size() + 1) >= k;
            case FaultRule.Begin.OnceKey(Selector _, int k) -> ordinals.size() >= k;
        };
    }

    synchronized void hit() {
        hits++;
    }

    /** Waits until the fault is taken away. */
    void awaitRemoval() throws InterruptedException {
        removed.await();
    }

    /** Waits that long, or until the fault is taken away; says whether it was. */
    boolean awaitRemoval(long nanoseconds) throws InterruptedException {
        return removed.await(nanoseconds, TimeUnit.NANOSECONDS);
    }

    private boolean matches(S3Request request) {
        return rule.selector().selects(request) && rule.fault().concerns(request);
    }

    private int ordinal(S3Request request) {
        if (request.isList() || request.key().isEmpty()) {
            return ordinals.size();
        }
        return ordinals.computeIfAbsent(request.key(), key -> ordinals.size() + 1);
    }
}
