package org.pgrehearsal.store;

/**
 * A fault, the requests it is for, from when on, and how often.
 *
 * @param selector which requests count as a match
 * @param fault    what is done to them
 * @param begin    from when on matches are hit
 * @param times    how many requests are hit at most
 */
public record FaultRule(Selector selector, Fault fault, Begin begin, int times) {
    /** When a rule begins. */
    public sealed interface Begin {
        /** With the n-th match, counted from 1. */
        record AtMatch(int n) implements Begin {
            public AtMatch {
                requirePositive(n);
            }
        }

        /**
         * With the k-th distinct key that matches, counted from 1 in the order in which keys are first asked for. Retries of earlier keys go on
         * working. For a listing, which asks for no key, the rule has begun once k keys were seen.
         */
        record AtKey(int k) implements Begin {
            public AtKey {
                requirePositive(k);
            }
        }

        /**
         * For all requests of the selector, once the k-th distinct key of another selector is asked for, with that request: an outage that begins
         * at a certain segment and spares nothing after it.
         */
        record OnceKey(Selector trigger, int k) implements Begin {
            public OnceKey {
                requirePositive(k);
            }
        }

        private static void requirePositive(int n) {
            if (n < 1) {
                throw new IllegalArgumentException("counted from 1, not " + n);
            }
        }
    }

    public FaultRule {
        if (times < 1) {
            throw new IllegalArgumentException("a rule for " + times + " requests");
        }
    }

    /** From the first match on, without end. */
    public static FaultRule of(Selector selector, Fault fault) {
        return new FaultRule(selector, fault, new Begin.AtMatch(1), Integer.MAX_VALUE);
    }

    public FaultRule fromMatch(int n) {
        return new FaultRule(selector, fault, new Begin.AtMatch(n), times);
    }

    public FaultRule fromKey(int k) {
        return new FaultRule(selector, fault, new Begin.AtKey(k), times);
    }

    public FaultRule onceKey(Selector trigger, int k) {
        return new FaultRule(selector, fault, new Begin.OnceKey(trigger, k), times);
    }

    public FaultRule times(int most) {
        return new FaultRule(selector, fault, begin, most);
    }
}
