package org.pgrehearsal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.wal.Lsn;

class JournalTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID RUN = new UUID(1, 2);
    private static final byte[] FIRST = new byte[LedgerRow.HASH_LENGTH];

    @TempDir
    private Path folder;

    private static Operation operation(long sequence, byte[] previous) {
        return Operation.next(RUN, 1, sequence, OperationKind.SAVEPOINT, 0, previous, new Random(5));
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("history.ndjson"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void theFileTellsWhatTheHistoryHolds() throws IOException {
        History history = new History(RUN, 2);
        Operation first = operation(0, FIRST);
        Operation second = operation(1, first.hash());
        try (Journal journal = new Journal(history, folder.resolve("history.ndjson"))) {
            journal.begin(1, first, 700, 1, Lsn.parse("0/3000158"));
            journal.end(1, 0, Outcome.OK);
            journal.begin(1, second, 701, 2, Lsn.parse("1/A0"));
        }

        assertThat(history.outcome(1, 0)).isEqualTo(Outcome.OK);
        assertThat(history.outcome(1, 1)).isEqualTo(Outcome.UNKNOWN);
        assertThat(history.hash(1, 0)).isEqualTo(LedgerRow.shortHash(first.hash()));
        assertThat(history.previous(1, 0)).isZero();
        assertThat(history.previous(1, 1)).isEqualTo(LedgerRow.shortHash(first.hash()));

        List<JsonNode> lines = lines();
        for (JsonNode line : lines) {
            assertThat(Instant.parse(((ObjectNode) line).remove("at").asText()))
                    .isBefore(Instant.now().plusSeconds(1));
        }
        assertThat(lines)
                .containsExactly(
                        JSON.readTree("""
                                {"event":"begin","writer":1,"seq":0,"kind":"SAVEPOINT","xid":700,"timeline":1,"lsn":"0/3000158"}"""),
                        JSON.readTree("{\"event\":\"ok\",\"writer\":1,\"seq\":0}"),
                        JSON.readTree("""
                                {"event":"begin","writer":1,"seq":1,"kind":"SAVEPOINT","xid":701,"timeline":2,"lsn":"1/A0"}"""));
    }

    @Test
    void aWriterCannotSkipAnOperation() {
        try (Journal journal = new Journal(new History(RUN, 2), folder.resolve("history.ndjson"))) {
            assertThatThrownBy(() -> journal.begin(1, operation(1, FIRST), 700, 1, Lsn.ZERO))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("writer 1 skipped from operation 0 to 1");
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path file = folder.resolve("missing/history.ndjson");

        assertThatThrownBy(() -> new Journal(new History(RUN, 1), file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }
}
