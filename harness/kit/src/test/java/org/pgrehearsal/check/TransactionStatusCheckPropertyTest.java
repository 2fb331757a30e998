package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.TransactionRecord;

class TransactionStatusCheckPropertyTest {
    @Provide
    Arbitrary<World> worlds() {
        return World.any();
    }

    @Property
    void aServerThatReplayedToTheStopIsNeverAccused(@ForAll("worlds") World world) {
        Map<Long, TransactionStatus> server = replayed(world);
        StatusResult result = ask(world, server);

        assertThat(result.findings()).isEmpty();
        assertThat(result.notAnswered()).isZero();
        assertThat(result.committed())
                .isEqualTo(server.values().stream()
                        .filter(status -> status == TransactionStatus.COMMITTED)
                        .count());
    }

    @Property
    void oneWrongStatusIsFound(@ForAll("worlds") World world) {
        Map<Long, TransactionStatus> server = replayed(world);
        List<Long> known = server.keySet().stream().sorted().toList();
        Assume.that(!known.isEmpty());
        long victim = known.get(world.random().nextInt(known.size()));
        server.compute(
                victim,
                (_, status) -> status == TransactionStatus.COMMITTED
                        ? TransactionStatus.ABORTED
                        : TransactionStatus.COMMITTED);

        assertThat(ask(world, server).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.STATUS_DISAGREES);
            assertThat(finding).extracting(Finding::what).asString().contains("xid " + victim + " ");
        });
    }

    /** What a server knows that applied the records before the stop, one after the other. */
    private static Map<Long, TransactionStatus> replayed(World world) {
        Map<Long, TransactionStatus> server = new HashMap<>();
        for (TransactionRecord logged : world.scene().commits().records()) {
            if (!logged.start().isBefore(world.stop())) {
                break;
            }
            TransactionStatus status = switch (logged.kind()) {
                case COMMIT, COMMIT_PREPARED -> TransactionStatus.COMMITTED;
                case ABORT, ABORT_PREPARED -> TransactionStatus.ABORTED;
                case PREPARE -> TransactionStatus.IN_PROGRESS;
            };
            server.put(logged.xid(), status);
            logged.subtransactions().forEach(child -> server.put(child, status));
        }
        return server;
    }

    private static StatusResult ask(World world, Map<Long, TransactionStatus> server) {
        TransactionStatusCheck check = new TransactionStatusCheck(world.scene().commits(), world.stop(), 0);
        check.transactionsToAsk().forEach(xid -> check.status(xid, server.getOrDefault(xid, TransactionStatus.FUTURE)));
        return check.finish();
    }
}
