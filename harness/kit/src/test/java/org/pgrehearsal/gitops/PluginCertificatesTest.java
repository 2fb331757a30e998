package org.pgrehearsal.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PluginCertificatesTest {
    private final Secret secret =
            PluginCertificates.secret("tls", List.of("barman-cloud", "barman-cloud.cnpg-system.svc"));

    private X509Certificate certificate() throws GeneralSecurityException {
        byte[] text = data("tls.crt").getBytes(UTF_8);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
    }

    /** In the form that Go reads whatever the kind of key: PKCS #8. */
    private PrivateKey key() throws GeneralSecurityException {
        String text = data("tls.key");
        assertThat(text).startsWith("-----BEGIN PRIVATE KEY-----\n");
        byte[] bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]*-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    @Test
    void theCertificateIsSignedByItsOwnKey() throws GeneralSecurityException {
        certificate().verify(certificate().getPublicKey());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key());
        signature.update(new byte[] {1});
        byte[] signed = signature.sign();
        signature.initVerify(certificate());
        signature.update(new byte[] {1});

        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void itsNamesAreThoseThatTheOperatorAsksFor() throws GeneralSecurityException {
        assertThat(certificate().getSubjectAlternativeNames().stream()
                        .map(name -> String.valueOf(name.get(1)))
                        .toList())
                .containsExactly("barman-cloud", "barman-cloud.cnpg-system.svc");
        assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
    }

    private String data(String key) {
        return Objects.requireNonNull(secret.getStringData().get(key));
    }
}
