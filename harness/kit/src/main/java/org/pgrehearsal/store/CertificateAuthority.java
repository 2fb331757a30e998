package org.pgrehearsal.store;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority of one run: its key lives in memory and dies with the process, its certificate is a PEM file that every user may read, since
 * engines run under another one. EC keys on P-256, which every client here knows and which are made in milliseconds.
 */
public final class CertificateAuthority {
    private static final String SIGNATURE = "SHA256withECDSA";
    // longer than any run, and ready for clients whose clock is behind
    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(8);

    private static final InetAddress LOOPBACK = loopback();

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Path file;
    private final InetAddress address;

    private CertificateAuthority(KeyPair keys, X509Certificate certificate, Path file, InetAddress address) {
        this.keys = keys;
        this.certificate = certificate;
        this.file = file;
        this.address = address;
    }

    /**
     * Makes a new authority for servers that listen on the loopback address.
     *
     * @param file where its certificate is written (PEM)
     */
    public static CertificateAuthority create(Path file) {
        return create(file, LOOPBACK);
    }

    /**
     * Makes a new authority for servers that listen on some address of this machine.
     *
     * @param file    where its certificate is written (PEM)
     * @param address by which clients come: its certificates name it, besides localhost
     */
    public static CertificateAuthority create(Path file, InetAddress address) {
        try {
            KeyPair keys = newKeys();
            var name =
                    new X500Name("CN=pgrehearsal CA of this run " + newSerial().toString(36));
            X509v3CertificateBuilder builder = builder(name, name, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            X509Certificate certificate = sign(builder, keys);
            var pem = new StringWriter();
            try (var writer = new JcaPEMWriter(pem)) {
                writer.writeObject(certificate);
            }
            Files.writeString(file, pem.toString());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return new CertificateAuthority(keys, certificate, file, address);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new StoreException("cannot make the certificate authority of this run in " + file + ": " + e, e);
        }
    }

    /** The PEM file for {@code --cacert} and its like. */
    public Path certificateFile() {
        return file;
    }

    /** Where the servers listen that its certificates are for. */
    InetAddress address() {
        return address;
    }

    /** How a client names them. */
    String host() {
        return address.equals(LOOPBACK) ? "localhost" : address.getHostAddress();
    }

    /** A TLS context with a new certificate for {@code localhost}, 127.0.0.1 and the servers' address. */
    public SSLContext serverContext() {
        try {
            KeyPair serverKeys = newKeys();
            X509v3CertificateBuilder builder = builder(
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                    new X500Name("CN=localhost"),
                    serverKeys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, LOOPBACK.getHostAddress()),
                new GeneralName(GeneralName.iPAddress, address.getHostAddress()),
                // pgBackRest compares the host that it was told with names only, also where it is an address
                new GeneralName(GeneralName.dNSName, address.getHostAddress())
            }));
            // newer OpenSSL asks for it when it is strict (Python 3.13 is)
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic()));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = new char[0];
            store.setKeyEntry(
                    "server", serverKeys.getPrivate(), password, new X509Certificate[] {sign(builder, keys), certificate
                    });
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new StoreException("cannot issue a certificate for localhost: " + e, e);
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys)
            throws CertIOException, GeneralSecurityException {
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                newSerial(),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(AFTER)),
                subject,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return builder;
    }

    private static BigInteger newSerial() {
        return new BigInteger(120, new SecureRandom()).add(BigInteger.ONE);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuer)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuer.getPrivate())));
    }
}
