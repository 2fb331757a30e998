package org.pgrehearsal.plugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.security.auth.x500.X500Principal;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.cnpgi.identity.GetPluginMetadataRequest;
import org.pgrehearsal.cnpgi.identity.IdentityGrpc;
import org.pgrehearsal.plugin.identity.IdentityService;
import org.pgrehearsal.plugin.rig.Calls;

/** Both sides show self-signed certificates and trust each other's, as CloudNativePG's operator does; both are replaced under way. */
class OperatorServerTest {
    private static final String NAME = "pgbackrest";

    @TempDir
    private Path files;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private OperatorServer endpoint;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        pair("server");
        pair("client");
        endpoint = new OperatorServer(
                files.resolve("server.crt"),
                files.resolve("server.key"),
                files.resolve("client.crt"),
                Duration.ofMillis(100),
                executor);
        server = endpoint.start(0, List.of(new IdentityService("the-plugin", List.of())));
    }

    @AfterEach
    void stop() {
        endpoint.close();
        server.shutdownNow();
        executor.shutdownNow();
    }

    @Test
    void theOperatorComesInAndNobodyElse() throws Exception {
        assertThat(call("server", "client")).isEqualTo(Status.Code.OK);

        pair("stranger");
        assertThat(call("server", "stranger")).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call("server", null)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void certificatesAreReplacedWithoutARestart() throws Exception {
        assertThat(call("server", "client")).isEqualTo(Status.Code.OK);
        pair("next-server");
        pair("next-client");
        assertThat(call("server", "next-client")).isEqualTo(Status.Code.UNAVAILABLE);

        replace("next-server.crt", "server.crt");
        replace("next-server.key", "server.key");
        replace("next-client.crt", "client.crt");

        Awaitility.await("the new certificates")
                .atMost(Duration.ofSeconds(20))
                .until(() -> call("next-server", "next-client") == Status.Code.OK);
        assertThat(call("next-server", "stranger-of-before")).isEqualTo(Status.Code.UNAVAILABLE);
    }

    private void replace(String from, String to) throws Exception {
        Files.copy(files.resolve(from), files.resolve(to), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(
                files.resolve(to),
                java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(2)));
    }

    private Status.Code call(String trusted, @org.jspecify.annotations.Nullable String shown) throws Exception {
        var tls = GrpcSslContexts.forClient()
                .trustManager(files.resolve(trusted + ".crt").toFile());
        if (shown != null) {
            if (!Files.exists(files.resolve(shown + ".crt"))) {
                pair(shown);
            }
            tls.keyManager(
                    files.resolve(shown + ".crt").toFile(),
                    files.resolve(shown + ".key").toFile());
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .sslContext(tls.build())
                .overrideAuthority(NAME)
                .build();
        try {
            return Calls.refusal(() -> assertThat(IdentityGrpc.newBlockingStub(channel)
                                    .getPluginMetadata(GetPluginMetadataRequest.getDefaultInstance())
                                    .getName())
                            .isEqualTo("the-plugin"))
                    .getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    /** A key and a certificate that it signs itself. */
    private void pair(String file) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X500Principal subject = new X500Principal("CN=" + file);
        Instant now = Instant.now();
        var certificate = new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(64, new java.security.SecureRandom()),
                        Date.from(now.minusSeconds(60)),
                        Date.from(now.plusSeconds(3600)),
                        subject,
                        keys.getPublic())
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, NAME)))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        pem(files.resolve(file + ".crt"), certificate);
        pem(files.resolve(file + ".key"), new JcaPKCS8Generator(keys.getPrivate(), null));
    }

    private static void pem(Path file, Object content) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        Files.writeString(file, text.toString());
    }
}
