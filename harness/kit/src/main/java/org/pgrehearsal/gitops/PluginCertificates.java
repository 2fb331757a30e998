package org.pgrehearsal.gitops;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The two Secrets by which CloudNativePG and plugin-barman-cloud know each other, in a cluster without cert-manager: each a certificate signed by itself,
 * as {@code kubernetes/flux/leave-out/cert-manager} asks for them.
 */
record PluginCertificates(Applied applied) {
    private static final String NAMESPACE = "cnpg-system";
    private static final List<String> SERVER_NAMES = List.of("barman-cloud", "barman-cloud.cnpg-system.svc");
    private static final Duration CLOCKS_APART = Duration.ofDays(1);
    private static final Duration LIFE = Duration.ofDays(30);

    void apply() {
        applied.all(List.of(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build(),
                secret("barman-cloud-server-tls", SERVER_NAMES),
                secret("barman-cloud-client-tls", List.of("barman-cloud-client"))));
    }

    static Secret secret(String name, List<String> names) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            return new SecretBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(NAMESPACE)
                    .endMetadata()
                    .withType("kubernetes.io/tls")
                    .addToStringData("tls.crt", pem(certificate(keys, names)))
                    .addToStringData("tls.key", pem(new JcaPKCS8Generator(keys.getPrivate(), null)))
                    .build();
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make the certificate " + name + ": " + e.getMessage(), e);
        }
    }

    private static X509CertificateHolder certificate(KeyPair keys, List<String> names)
            throws IOException, OperatorCreationException {
        X500Name subject = new X500Name("CN=" + names.getFirst());
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(120, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(CLOCKS_APART)),
                Date.from(now.plus(LIFE)),
                subject,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new)));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
