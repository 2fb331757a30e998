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
import org.pgrehearsal.store.StoredObject;

/** A run in somebody else's bucket: one scenario on each system. */
class ExternalRunIT {
    @Test
    void everySystemRestoresFromAPlaceOfItsOwnAndLeavesNothingThere(@TempDir Path directory) throws IOException {
        try (StrangersStore theirs = new StrangersStore(directory.resolve("theirs"))) {
            theirs.bucket().write("drills-of-mine/keep", new byte[] {1});
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            List<String> arguments = new ArrayList<>(List.of("run", "--store=external", "--prefix=drills-of-mine"));
            arguments.addAll(theirs.options());
            arguments.addAll(List.of("--scenario=acknowledged", "--json", "--reports=" + directory.resolve("reports")));

            System.setProperty(
                    "rehearse.home",
                    Path.of("../..").toAbsolutePath().normalize().toString());
            int exit = Rehearse.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(arguments.toArray(String[]::new));

            assertThat(exit).describedAs(err.toString() + out).isZero();
            JsonNode report = new ObjectMapper().readTree(out.toString());
            assertThat(report.get("drills").findValuesAsText("system"))
                    .contains("pgbackrest", "barman-cloud", "pg-dump");
            assertThat(report.get("store").asText()).isEqualTo("external");
            assertThat(theirs.bucket().list("")).extracting(StoredObject::key).containsExactly("drills-of-mine/keep");
        }
    }
}
