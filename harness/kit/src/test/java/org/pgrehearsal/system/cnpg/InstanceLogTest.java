package org.pgrehearsal.system.cnpg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.target.RecoveryLogParser;
import org.pgrehearsal.wal.Lsn;

class InstanceLogTest {
    private static final List<String> LINES =
            List.of("""
            {"level":"info","ts":"2026-11-21T18:20:01Z","msg":"Starting up instance","pgdata":"/var/lib/postgresql/data/pgdata"}""", """
            {"level":"info","logger":"postgres","msg":"record","record":{"log_time":"2026-11-21 18:20:02.100 UTC","process_id":"41",\
            "error_severity":"LOG","message":"starting archive recovery"}}""", """
            {"level":"info","logger":"postgres","msg":"record","record":{"log_time":"2026-11-21 18:20:02.200 UTC","process_id":"41",\
            "error_severity":"LOG","message":"redo starts at 0/5000028"}}""", """
            {"level":"info","logger":"postgres","msg":"record","record":{"log_time":"2026-11-21 18:20:03.000 UTC","process_id":"41",\
            "error_severity":"FATAL","message":"recovery ended before configured recovery target was reached"}}""", """
            {"level":"error","msg":"Error while restoring a backup","error":"while activating instance: exit status 1","stacktrace":"a\\nb"}""", "{\"level\":\"info\",\"msg\":\"cut in the mid");

    @Test
    void theServersMessagesCanBeReadAsItsLog() {
        var log = RecoveryLogParser.parse(InstanceLog.ofPostgres(LINES).stream());

        assertThat(log.attempts()).isEqualTo(1);
        assertThat(log.redoStart()).isEqualTo(Lsn.parse("0/5000028"));
        assertThat(log.fatal()).containsExactly("FATAL: recovery ended before configured recovery target was reached");
    }

    @Test
    void theErrorsOfTheProgramsAroundItAreOneLineEach() {
        assertThat(InstanceLog.errors(LINES))
                .containsExactly("Error while restoring a backup: while activating instance: exit status 1");
    }

    @Test
    void whatThePluginSaysIsFoundBehindWhatItIsAbout() {
        String held = """
                {"level":"warning","msg":"wal=000000010000000000000007 again_in_seconds=1 recovery waits for the repository: exit 42"}""";

        assertThat(InstanceLog.saying("recovery waits for the repository", List.of("not JSON", held, LINES.getFirst())))
                .containsExactly(
                        "wal=000000010000000000000007 again_in_seconds=1 recovery waits for the repository: exit 42");
    }
}
