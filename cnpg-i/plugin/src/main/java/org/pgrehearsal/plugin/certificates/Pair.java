package org.pgrehearsal.plugin.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key, in PEM. Made by keytool, which every Java runtime has: the JDK can make no certificate by its public interface.
 */
public record Pair(String certificate, String key) {
    static final Duration LIFE = Duration.ofDays(90);

    private static final String ALIAS = "pair";

    /**
     * A new one that signs itself.
     *
     * @param names DNS names; the first is the subject
     */
    public static Pair make(List<String> names, Path scratch)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = scratch.resolve(UUID.randomUUID() + ".p12");
        String password = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Long.toString(LIFE.toDays()),
                "-dname",
                "CN=" + names.getFirst(),
                "-ext",
                "SAN=" + names.stream().map(name -> "dns:" + name).collect(Collectors.joining(",")),
                "-ext",
                "EKU=serverAuth,clientAuth",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "STORE_PASSWORD");
        builder.environment().put("STORE_PASSWORD", password);
        Process keytool = builder.redirectErrorStream(true).start();
        try {
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool could not make a certificate: " + said.strip());
            }
            return read(store, password.toCharArray());
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static Pair read(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return new Pair(
                pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
                pem("PRIVATE KEY", store.getKey(ALIAS, password).getEncoded()));
    }

    private static String pem(String what, byte @Nullable [] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(Objects.requireNonNull(content))
                + "\n-----END " + what + "-----\n";
    }

    /** When it ends. */
    Instant end() throws GeneralSecurityException {
        return ((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))))
                .getNotAfter()
                .toInstant();
    }

    @Override
    public String toString() {
        return "Pair[a certificate and its key]";
    }
}
