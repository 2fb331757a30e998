package org.pgrehearsal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InjectionTest {
    private static final String WAL = "archive/15-1/0000000100000000/00000001000000000000000";
    private static final FaultRule RULE = FaultRule.of(Selector.walSegment(), new Fault.Status(503));

    @Test
    void from_the_nth_match_and_so_often() {
        assertThat(claims(RULE.fromMatch(2).times(2), WAL + "1", WAL + "1", "other", WAL + "1", WAL + "1"))
                .containsExactly(false, true, false, true, false);
    }

    @Test
    void from_the_kth_key_on_while_retries_of_earlier_keys_work() {
        assertThat(claims(
                        RULE.fromKey(3),
                        WAL + "1",
                        WAL + "2",
                        WAL + "1",
                        WAL + "3.lz4",
                        WAL + "2",
                        WAL + "3.lz4",
                        WAL + "4"))
                .containsExactly(false, false, false, true, false, true, true);
    }

    @Test
    void an_outage_spares_nothing_once_it_began() {
        FaultRule outage =
                FaultRule.of(Selector.everything(), new Fault.Reset()).onceKey(Selector.walSegment(), 2);

        assertThat(claims(outage, "info", WAL + "1", WAL + "1", WAL + "2", WAL + "1", "info"))
                .containsExactly(false, false, false, true, true, true);
    }

    @Test
    void hiding_asks_without_counting() {
        Injection injection = new Injection(
                FaultRule.of(Selector.walSegment(), new Fault.Missing()).fromKey(2), () -> {});

        assertThat(injection.hides(read(WAL + "1"))).isFalse();
        assertThat(injection.hides(read(WAL + "2"))).isFalse();
        assertThat(injection.claims(read(WAL + "1"))).isFalse();
        assertThat(injection.hides(read(WAL + "1"))).isFalse();
        assertThat(injection.hides(read(WAL + "2"))).isTrue();
        assertThat(injection.claims(read(WAL + "2"))).isTrue();
        assertThat(injection.hits()).as("a claim alone is no hit").isZero();
    }

    @Test
    void a_fault_claims_only_what_it_has_a_meaning_for() {
        Injection injection = new Injection(
                FaultRule.of(Selector.everything(), new Fault.StoredNowhere()).times(1), () -> {});

        assertThat(injection.claims(read("a"))).isFalse();
        assertThat(injection.claims(new S3Request("PUT", "b", "a", Map.of()))).isTrue();
    }

    @Test
    void segments_are_known_by_their_names_with_any_suffix() {
        String segment = "0000000100000000000000AB";
        for (String key : List.of(
                segment,
                "x/" + segment,
                "x/" + segment + ".gz",
                "x/" + segment + "-0123456789abcdef0123456789abcdef01234567.lz4")) {
            assertThat(Selector.walSegment().selects(read(key))).as(key).isTrue();
        }
        for (String key : List.of("x/00000002.history", "x/" + segment + "0", "x/" + segment + "/y")) {
            assertThat(Selector.walSegment().selects(read(key))).as(key).isFalse();
        }
    }

    private static List<Boolean> claims(FaultRule rule, String... keys) {
        var injection = new Injection(rule, () -> {});
        return Arrays.stream(keys).map(key -> injection.claims(read(key))).toList();
    }

    private static S3Request read(String key) {
        return new S3Request("GET", "b", key, Map.of());
    }
}
