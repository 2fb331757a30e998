package org.pgrehearsal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

class RecoveryLogParserTest {
    @Test
    void readsARecoveryToATime() {
        RecoveryLog log = ServerLogs.read("time-incl");

        assertThat(log.attempts()).isEqualTo(1);
        assertThat(log.redoStart()).isEqualTo(Lsn.parse("0/2000028"));
        assertThat(log.consistent()).isEqualTo(Lsn.parse("0/2000100"));
        assertThat(log.stopped())
                .isEqualTo(new StopPoint.Transaction(false, true, 739, Instant.parse("2026-11-21T11:01:13.752813Z")));
        assertThat(log.paused()).isTrue();
        assertThat(log.redoDone()).isEqualTo(Lsn.parse("0/30243C0"));
        assertThat(log.lastTransaction()).isEqualTo(Instant.parse("2026-11-21T11:01:13.750640Z"));
        assertThat(log.newTimeline()).isEqualTo(new TimelineId(2));
        assertThat(log.complete()).isTrue();
        assertThat(log.fatal()).isEmpty();
        assertThat(log.restored()).contains("000000010000000000000002", "000000010000000000000003");
    }

    @Test
    void readsTheOtherStops() {
        assertThat(ServerLogs.read("lsn-incl").stopped())
                .isEqualTo(new StopPoint.Position(true, Lsn.parse("0/3000198")));
        assertThat(ServerLogs.read("name").stopped()).isEqualTo(new StopPoint.RestorePoint("rp one"));
        assertThat(ServerLogs.read("immediate").stopped()).isEqualTo(new StopPoint.Consistency());
        assertThat(ServerLogs.read("latest").stopped()).isNull();
    }

    @Test
    void aStopReadsAsItIsPrinted() {
        assertThat(Stream.of("time-incl", "lsn-incl", "immediate")
                        .map(ServerLogs::read)
                        .map(RecoveryLog::stopped))
                .allSatisfy(point -> assertThat(point == null ? null : StopPoint.parse(point.logLine()))
                        .contains(point));
    }

    @Test
    void keepsRefusalsOfTheRecoveryAlone() {
        assertThat(ServerLogs.read("time-late").fatal())
                .containsExactly("FATAL: recovery ended before configured recovery target was reached");
        assertThat(ServerLogs.read("tl-9").fatal()).containsExactly("FATAL: recovery target timeline 9 does not exist");
        assertThat(parse(
                                "2026-11-21 11:18:27 UTC [7] LOG:  database system was interrupted; last known up at x",
                                "2026-11-21 11:18:28 UTC [9] FATAL:  something odd about a client",
                                "2026-11-21 11:18:28 UTC [7] FATAL:  could not access status")
                        .fatal())
                .containsExactly("FATAL: could not access status");
        assertThat(parse(
                                "FATAL:  the database system is starting up",
                                "FATAL:  role \"x\" does not exist",
                                "PANIC:  invalid page")
                        .fatal())
                .containsExactly("PANIC: invalid page");
    }

    @Test
    void keepsWhyTheLogWasHeldToEnd() {
        assertThat(ServerLogs.read("sig").endReasons())
                .containsExactly(
                        "could not restore file \"00000002.history\" from archive: child process was terminated by signal 6: Aborted");
        assertThat(parse(
                                "x LOG:  invalid record length at 0/3000060: wanted 24, got 0",
                                "x LOG:  invalid record length at 0/3000060: expected at least 24, got 0",
                                "x LOG:  incorrect resource manager data checksum in record at 0/3000060",
                                "x LOG:  unexpected pageaddr 0/1000000 in WAL segment 000000010000000000000003, LSN 0/3000000, offset 0",
                                "x LOG:  WAL file is from different database system: WAL file database system identifier is 1, pg_control database system identifier is 2",
                                "x FATAL:  archive file \"000000010000000000000003\" has wrong size: 1 instead of 16777216",
                                "x LOG:  checkpoint starting: time")
                        .endReasons())
                .hasSize(6);
    }

    @Test
    void onlyTheLastRecoveryCounts() {
        RecoveryLog log = parse(
                "a [1] LOG:  database system was interrupted; last known up at x",
                "a [1] LOG:  starting archive recovery",
                "a [1] LOG:  redo starts at 0/2000028",
                "a [1] FATAL:  odd",
                "a [2] LOG:  database system was interrupted while in recovery at log time x",
                "a [2] LOG:  starting point-in-time recovery to XID 7",
                "a [2] LOG:  consistent recovery state reached at 0/2000100");

        assertThat(log.attempts()).isEqualTo(2);
        assertThat(log.redoStart()).isNull();
        assertThat(log.fatal()).isEmpty();
        assertThat(log.consistent()).isEqualTo(Lsn.parse("0/2000100"));
    }

    @Test
    void takesAnyPrefixAndMessagesThatAreAlreadyApart() {
        RecoveryLogParser parser = new RecoveryLogParser(Pattern.compile("pid=(\\d+)"));
        parser.consume("app=x,pid=12 LOG:  redo starts at 1/28");
        parser.message("12", "LOG", "consistent recovery state reached at 1/100");
        parser.consume("\tcontinued LOG: no message");

        assertThat(parser.log().redoStart()).isEqualTo(Lsn.parse("1/28"));
        assertThat(parser.log().consistent()).isEqualTo(Lsn.parse("1/100"));
    }

    private static RecoveryLog parse(String... lines) {
        return RecoveryLogParser.parse(Stream.of(lines));
    }
}
