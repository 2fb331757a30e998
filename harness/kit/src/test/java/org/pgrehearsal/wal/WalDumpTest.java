package org.pgrehearsal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalDumpTest {
    private static final String HEAD =
            "rmgr: Transaction len (rec/tot):     46/    46, tx:        726, lsn: 0/03000068, prev 0/03000028, desc: ";

    private final WalFacts facts = WalDump.read(
            TimelineId.FIRST,
            WalLayout.DEFAULT,
            Stream.concat(Samples.lines("transactions.txt").stream(), Samples.lines("xlog.txt").stream()));

    @Test
    void readsACommitWithItsChildrenToTheMicrosecond() {
        assertThat(at("0/3000158"))
                .isEqualTo(new TransactionRecord(
                        TimelineId.FIRST,
                        Lsn.parse("0/3000158"),
                        TransactionRecord.Kind.COMMIT,
                        727,
                        List.of(728L, 729L),
                        Instant.parse("2026-11-21T11:01:13.749593Z")));
        assertThat(facts.positions().end(Lsn.parse("0/3000158"))).contains(Lsn.parse("0/3000198"));
    }

    @Test
    void readsTheRollbackOfASubtransactionAsAnEndOfItsOwn() {
        TransactionRecord child = at("0/30002E8");

        assertThat(child.kind()).isEqualTo(TransactionRecord.Kind.ABORT);
        assertThat(child.xid()).isEqualTo(733);
    }

    @Test
    void takesThePreparedNumberAndName() {
        assertThat(at("0/30003C8").kind()).isEqualTo(TransactionRecord.Kind.PREPARE);
        assertThat(at("0/30006F0").kind()).isEqualTo(TransactionRecord.Kind.COMMIT_PREPARED);
        assertThat(at("0/30006F0").xid()).isEqualTo(735);
        assertThat(at("0/302A118").kind()).isEqualTo(TransactionRecord.Kind.ABORT_PREPARED);
        assertThat(at("0/302A118").xid()).isEqualTo(736);
        assertThat(at("0/302A118").subtransactions()).containsExactly(737L, 738L);
        assertThat(facts.preparedNames())
                .containsEntry(735L, "gid one: it's")
                .containsEntry(736L, "gid2")
                .containsEntry(741L, "gid; rels: x");
    }

    @Test
    void readsRecordsWithFilesStatisticsMessagesAndFlags() {
        assertThat(at("0/3031CD0").subtransactions()).containsExactly(746L);
        assertThat(at("0/302B908").commits()).isTrue();
        assertThat(at("0/3C71970").xid()).isEqualTo(748);
        assertThat(at("0/4094E20").xid()).isEqualTo(750);
    }

    @Test
    void keepsEveryEndOfATransactionAndNothingElse() {
        long ends = Samples.lines("transactions.txt").stream()
                .filter(line ->
                        line.contains("desc: COMMIT") || line.contains("desc: ABORT") || line.contains("desc: PREPARE"))
                .count();

        assertThat(facts.transactions()).hasSize((int) ends).hasSize(29);
        assertThat(facts.transactions()).extracting(TransactionRecord::start).isSorted();
    }

    @Test
    void readsTheRecordsThatMatterToRecovery() {
        assertThat(facts.controls())
                .filteredOn(control -> control.kind() == XlogRecord.Kind.RESTORE_POINT)
                .extracting(XlogRecord::detail)
                .containsExactly("rp one", "rp one");
        assertThat(facts.controls())
                .filteredOn(control -> control.kind() == XlogRecord.Kind.BACKUP_END)
                .containsExactly(new XlogRecord(
                        TimelineId.FIRST,
                        Lsn.parse("0/20000D8"),
                        Lsn.parse("0/2000100"),
                        XlogRecord.Kind.BACKUP_END,
                        "0/2000028"));
        assertThat(facts.controls())
                .filteredOn(control -> control.kind() == XlogRecord.Kind.SWITCH)
                .extracting(XlogRecord::end)
                .contains(Lsn.parse("0/3000000"), Lsn.parse("0/5000000"));
    }

    @Test
    void aLineReadTwiceCountsOnce() {
        WalDump dump = new WalDump(TimelineId.FIRST, WalLayout.DEFAULT);
        Samples.lines("transactions.txt").forEach(dump::consume);
        Samples.lines("transactions.txt").forEach(dump::consume);

        assertThat(dump.facts().transactions()).isEqualTo(facts.transactions());
        assertThat(dump.facts().positions().size())
                .isEqualTo(Samples.lines("transactions.txt").size());
    }

    @Test
    void readsTheTimeOfARecordThatCameFromAnotherServer() {
        WalFacts replicated = read(
                HEAD
                        + "COMMIT 2026-11-21 11:01:13.694372 UTC; subxacts: 9; origin: node 1, lsn 0/16B3748, at 2026-11-21 10:00:00.000001 UTC");

        assertThat(replicated.transactions().getFirst().at()).isEqualTo(Instant.parse("2026-11-21T11:01:13.694372Z"));
        assertThat(replicated.transactions().getFirst().subtransactions()).containsExactly(9L);
    }

    @Test
    void refusesAnotherZone() {
        assertThatThrownBy(() -> read(HEAD + "COMMIT 2026-11-21 12:01:13.694372 CET"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TZ=UTC")
                .hasMessageContaining("0/03000068");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT_ODDLY 2026-11-21 11:01:13.694372 UTC",
                "COMMIT 2026-11-21 11:01:13 UTC",
                "COMMIT 735: 2026-11-21 11:01:13.694372 UTC",
                "COMMIT_PREPARED 2026-11-21 11:01:13.694372 UTC",
                "PREPARE 2026-11-21 11:01:13.694372 UTC",
                "COMMIT"
            })
    void namesALineThatItDoesNotUnderstand(String description) {
        assertThatThrownBy(() -> read(HEAD + description))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(HEAD + description);
    }

    @Test
    void namesALineThatIsNoRecord() {
        assertThatThrownBy(() -> read("pg_waldump: error: could not find a valid record after 0/3000000"))
                .hasMessageContaining("could not find a valid record");
    }

    @Test
    void refusesAnUnknownXlogRecordButPassesOtherManagers() {
        String head =
                "rmgr: XLOG        len (rec/tot):     24/    24, tx:          0, lsn: 0/05000068, prev 0/05000028, desc: ";
        assertThatThrownBy(() -> read(head + "TURN_AROUND")).hasMessageContaining("TURN_AROUND");
        assertThat(read(head.replace("XLOG", "Heap") + "TURN_AROUND").transactions())
                .isEmpty();
    }

    private TransactionRecord at(String start) {
        return facts.transactions().stream()
                .filter(transaction -> transaction.start().equals(Lsn.parse(start)))
                .findFirst()
                .orElseThrow();
    }

    private static WalFacts read(String line) {
        return WalDump.read(TimelineId.FIRST, WalLayout.DEFAULT, Stream.of(line));
    }
}
