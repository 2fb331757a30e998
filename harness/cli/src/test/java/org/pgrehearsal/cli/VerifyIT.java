package org.pgrehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.store.StoredObject;

/** Backups of a database that our ledger did not write, in a bucket that is not ours. */
class VerifyIT {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({"pgbackrest, true", "barman-cloud, false"})
    void aGoodBackupIsProvedAndOneWithAGapIsNot(String system, boolean checksums) throws Exception {
        try (StrangersStore theirs = new StrangersStore(directory.resolve("theirs"))) {
            StrangersDatabase.backUp(theirs.access(), StrangersStore.BUCKET, system, checksums);
            Inventory before = theirs.bucket().inventory();

            assertThat(verify(theirs, system)).describedAs(err.toString() + out).isZero();
            JsonNode good = report();
            assertThat(measured(good, "committed in log and cluster")).isGreaterThan(1_000);
            assertThat(measured(good, "aborted in log and cluster")).isGreaterThan(1_000);
            assertThat(good.get("notTested").toString().contains("checksums")).isEqualTo(!checksums);
            assertThat(before.difference(theirs.bucket().inventory()).isEmpty()).isTrue();

            String gone = theirs.bucket().list("").stream()
                    .map(StoredObject::key)
                    .filter(key -> key.contains("/000000010000000000000005"))
                    .findFirst()
                    .orElseThrow();
            theirs.bucket().delete(gone);
            assertThat(verify(theirs, system)).isEqualTo(1);
            assertThat(report().get("drills").get(0).get("summary").asText())
                    .contains("ARCHIVE_GAP", "000000010000000000000005");
        }
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() throws IOException {
        try (StrangersStore theirs = new StrangersStore(directory.resolve("theirs"))) {
            assertThat(verify(theirs, "pgbackrest")).isNotZero();
            assertThat(err.toString()).contains("no backup of stanza main", "--stanza");
        }
    }

    private int verify(StrangersStore theirs, String system) {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("verify", "--system=" + system, "--path=/" + system));
        arguments.addAll(theirs.options());
        arguments.addAll(List.of("--json", "--reports=" + directory.resolve("reports")));
        return Rehearse.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    private static double measured(JsonNode report, String name) {
        for (JsonNode measurement : report.get("drills").get(0).get("measurements")) {
            if (measurement.get("name").asText().equals(name)) {
                return measurement.get("value").asDouble();
            }
        }
        return -1;
    }
}
