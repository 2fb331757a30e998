package org.pgrehearsal.plugin.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.rig.FakeApi;

/** The certificates of the endpoint: made where nobody else makes them. */
class CertificatesTest {
    private static final String SERVER = Kind.SECRET.named("cnpg-system", "server");
    private static final String CLIENT = Kind.SECRET.named("cnpg-system", "client");

    @TempDir
    private Path directory;

    private FakeApi kubernetes;

    @BeforeEach
    void start() throws Exception {
        kubernetes = new FakeApi();
    }

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    private Certificates at(Clock clock) {
        return new Certificates(kubernetes.api(), "cnpg-system", "server", "client", directory, clock);
    }

    @Test
    void whatIsMissingIsMadeForTheServicesNames() throws Exception {
        at(Clock.systemUTC()).refresh("pgbackrest");

        assertThat(kubernetes.at(SERVER).path("type").asText()).isEqualTo("kubernetes.io/tls");
        try (InputStream in = Files.newInputStream(at(Clock.systemUTC()).serverCertificate())) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(certificate.getSubjectAlternativeNames())
                    .extracting(name -> String.valueOf(name.get(1)))
                    .containsExactly("pgbackrest", "pgbackrest.cnpg-system.svc", "pgbackrest.cnpg-system");
        }
        assertThat(Files.readString(at(Clock.systemUTC()).clientCertificate()))
                .isEqualTo(decoded(kubernetes.at(CLIENT), "tls.crt"));
        assertThat(kubernetes.at(SERVER)).isNotEqualTo(kubernetes.at(CLIENT));
    }

    @Test
    void oursAreKeptUntilAThirdOfTheirLifeIsLeft() throws Exception {
        at(Clock.systemUTC()).refresh("pgbackrest");
        String first = decoded(kubernetes.at(SERVER), "tls.crt");

        at(Clock.offset(Clock.systemUTC(), Duration.ofDays(59))).refresh("pgbackrest");
        assertThat(decoded(kubernetes.at(SERVER), "tls.crt")).isEqualTo(first);

        Certificates later = at(Clock.offset(Clock.systemUTC(), Duration.ofDays(61)));
        later.refresh("pgbackrest");
        assertThat(decoded(kubernetes.at(SERVER), "tls.crt")).isNotEqualTo(first);
        assertThat(Files.readString(later.serverCertificate())).isEqualTo(decoded(kubernetes.at(SERVER), "tls.crt"));
    }

    @Test
    void whatSomebodyElseKeepsIsUsedAsItIs() throws Exception {
        at(Clock.systemUTC()).refresh("pgbackrest");
        ObjectNode theirs = kubernetes.at(SERVER).deepCopy();
        theirs.withObject("/metadata").remove("labels");
        kubernetes.put(SERVER, theirs);

        at(Clock.offset(Clock.systemUTC(), Duration.ofDays(80))).refresh("pgbackrest");

        assertThat(kubernetes.at(SERVER)).isEqualTo(theirs);
        assertThat(Files.readString(at(Clock.systemUTC()).serverKey())).isEqualTo(decoded(theirs, "tls.key"));
    }

    private static String decoded(JsonNode secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.path("data").path(key).asText()),
                java.nio.charset.StandardCharsets.US_ASCII);
    }
}
