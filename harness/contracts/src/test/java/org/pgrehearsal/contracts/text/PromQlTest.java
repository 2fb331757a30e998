package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void namesMetricsAndNothingElse() {
        assertThat(PromQl.metrics("""
                        # of the archive: old_name
                        max by (namespace, pod) (archived_time{job="a_b", x=~'c_d'}) * on (pod) group_left (role) pod_info
                          > 1e9 and time() - rate(failed_total[5m:1m] offset 1h) < bool 26 * 3600
                          or absent(up{namespace="${NAMESPACE}"}) unless vector(0)
                        """)).containsExactly("archived_time", "failed_total", "pod_info", "up");
    }

    @Test
    void knowsARecordedName() {
        assertThat(PromQl.metrics("job:archive_age:seconds > 5m")).containsExactly("job:archive_age:seconds");
    }
}
