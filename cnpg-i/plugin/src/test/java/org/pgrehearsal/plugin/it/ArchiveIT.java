package org.pgrehearsal.plugin.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.cnpgi.wal.WALArchiveRequest;
import org.pgrehearsal.cnpgi.wal.WALStatusRequest;
import org.pgrehearsal.cnpgi.wal.WALStatusResult;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.Manager;
import org.pgrehearsal.plugin.rig.Rig;
import org.pgrehearsal.plugin.rig.Sidecar;
import org.pgrehearsal.process.Command;

/** WAL into a real repository, through the plugin as a process. */
class ArchiveIT {
    private Rig rig;
    private Manager manager;
    private PostgresCluster source;
    private Clusters definition;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig();
        manager = rig.manager();
        definition = Clusters.named("demo").archiving(rig.parameters("demo")).primary(Rig.POD);
        source = rig.source("source", manager);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void whatIsAcknowledgedIsStoredThoughTheSidecarIsKilledAndItsSpoolIsLost() throws Exception {
        Sidecar sidecar = rig.sidecar("instance", source, source.port());
        manager.use(sidecar, definition);
        Rig.rows(source, 1, 8);
        Rig.archived(source);
        manager.use(null, definition);
        Rig.rows(source, 9, 14);
        manager.use(sidecar, definition);
        Rig.rows(source, 15, 16);
        sidecar.kill();
        rig.runner()
                .run(Command.of("rm", "-rf", sidecar.home().resolve("spool")))
                .orFail();
        sidecar.start();
        Rig.rows(source, 17, 18);

        String last = Rig.archived(source);

        List<String> stored = rig.stored("demo");
        assertThat(stored).doesNotHaveDuplicates().contains(last);
        int first = Integer.parseInt(stored.getFirst().substring(16), 16);
        int end = Integer.parseInt(stored.getLast().substring(16), 16);
        assertThat(stored).hasSize(end - first + 1).hasSizeGreaterThan(17);
        assertThat(Rig.text(source, "SELECT archived_count FROM pg_stat_archiver"))
                .satisfies(count -> assertThat(Integer.parseInt(count)).isLessThanOrEqualTo(stored.size()));
        WALStatusResult status = sidecar.wal()
                .status(WALStatusRequest.newBuilder()
                        .setClusterDefinition(definition.bytes())
                        .build());
        assertThat(status.getFirstWal()).isEqualTo(stored.getFirst());
        assertThat(status.getLastWal()).isEqualTo(stored.getLast());
        assertThat(status.getAdditionalInformationMap()).containsEntry("stanza", "demo");
    }

    @Test
    void aStaleSpoolAcknowledgesNothing() throws Exception {
        String owner = rig.systemIdentifier(source);
        Sidecar sidecar = rig.sidecar("instance", source, source.port());
        manager.use(sidecar, definition);
        Rig.archived(source);
        sidecar.kill();
        // what an earlier cluster of the same name left: "stored" for segments to come
        Path out = sidecar.home().resolve("spool/own-" + owner + "/archive/demo/out");
        assertThat(out).isDirectory();
        for (int segment = 1; segment < 20; segment++) {
            Path ok = out.resolve(String.format("0000000100000000%08X.ok", segment));
            Files.writeString(ok, "");
            rig.runner().account().own(ok);
        }
        Rig.rows(source, 1, 5);
        sidecar.start();

        String last = Rig.archived(source);

        assertThat(rig.stored("demo")).contains(last).hasSizeGreaterThan(5);
    }

    @Test
    void theRepositoryOfAnotherClusterIsRefused() throws Exception {
        Sidecar sidecar = rig.sidecar("instance", source, source.port());
        manager.use(sidecar, definition);
        Rig.archived(source);
        List<String> before = rig.stored("demo");
        PostgresCluster other = rig.cluster("other");
        other.initialise();
        Sidecar second = rig.sidecar("instance", other, 1);
        String segment;
        try (Stream<Path> wal = Files.list(other.data().resolve("pg_wal"))) {
            segment = wal.map(Path::toString)
                    .filter(name -> name.matches(".*/[0-9A-F]{24}"))
                    .findFirst()
                    .orElseThrow();
        }

        Status refusal = Calls.refusal(() -> second.wal().archive(request(definition, segment, false)));

        assertThat(refusal.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refusal.getDescription())
                .contains("another PostgreSQL cluster")
                .contains(rig.systemIdentifier(source))
                .contains(rig.systemIdentifier(other))
                .contains("a path or a stanza of its own");
        assertThat(rig.stored("demo")).isEqualTo(before);
    }

    @Test
    void anArchiveThatIsNotEmptyIsRefusedToANewClusterOnly() throws Exception {
        Sidecar sidecar = rig.sidecar("instance", source, source.port());
        manager.checkEmpty(true);
        manager.use(sidecar, definition);
        // its own earlier segments do not keep it out, also after a restart
        Rig.archived(source);
        sidecar.kill();
        sidecar.start();
        Rig.archived(source);
        assertThat(manager.refusals()).noneMatch(refusal -> refusal.contains("is not empty"));
        sidecar.kill();
        sidecar.start();

        Status later = Calls.refusal(
                () -> sidecar.wal().archive(request(definition, source.data() + "/pg_wal/00000002.history", true)));
        assertThat(later.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(later.getDescription()).contains("is not empty").contains("skipEmptyWalArchiveCheck");
    }

    @Test
    void whatIsMissingOrWrongIsNamed() throws Exception {
        Sidecar sidecar = rig.sidecar("instance", source, source.port());
        String wal = source.data() + "/pg_wal/000000010000000000000001";
        Map<String, String> encrypted = new HashMap<>(rig.parameters("secret"));
        encrypted.put("cipher-type", "aes-256-cbc");
        encrypted.put("secret", "demo-keys");
        Clusters withCipher = Clusters.named("demo").archiving(encrypted).primary(Rig.POD);

        Status missing = Calls.refusal(() -> sidecar.wal().archive(request(withCipher, wal, false)));
        assertThat(missing.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(missing.getDescription()).contains("Secret demo-keys has no value under cipher-pass");

        rig.secret("demo-keys", "cipher-pass", "first-passphrase");
        sidecar.wal().archive(request(withCipher, wal, false));
        assertThat(rig.stored("secret")).containsExactly("000000010000000000000001");
        sidecar.kill();
        rig.secret("demo-keys", "cipher-pass", "other-passphrase");
        sidecar.start();
        Status wrong = Calls.refusal(() -> sidecar.wal().archive(request(withCipher, wal, false)));
        assertThat(wrong.getCode()).as(String.valueOf(wrong)).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(wrong.getDescription())
                .contains("cannot be read or decrypted")
                .contains("cipher-pass");
        assertThat(Files.readString(sidecar.log())).doesNotContain("passphrase");
        assertThat(wrong.getDescription()).doesNotContain("passphrase");

        for (String path : List.of(
                "/etc/passwd",
                source.data() + "/pg_wal/../PG_VERSION",
                source.data() + "/PG_VERSION",
                source.data() + "/pg_wal/archive_status",
                "pg_wal/000000010000000000000001",
                "")) {
            assertThat(Calls.refusal(() -> sidecar.wal().archive(request(definition, path, false)))
                            .getCode())
                    .as(path)
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    private static WALArchiveRequest request(Clusters definition, String path, boolean checkEmpty) {
        return WALArchiveRequest.newBuilder()
                .setClusterDefinition(definition.bytes())
                .setSourceFileName(path)
                .setCheckEmptyWalArchive(checkEmpty)
                .build();
    }
}
