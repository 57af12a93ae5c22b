package io.surstream.secured;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of its own in a folder, and what it signs. Elliptic-curve keys, good for an hour and for this machine. */
public final class TestCertificates {
    private final Path folder;
    private final AtomicLong serial = new AtomicLong(1);
    private final X500Principal name;
    private final KeyPair key;
    private final X509Certificate certificate;

    private TestCertificates(Path folder, String name) throws GeneralSecurityException, IOException, OperatorException {
        this.folder = Files.createDirectories(folder);
        this.name = new X500Principal("CN=" + name);
        this.key = newKey();
        this.certificate = sign(this.name, key, true);
        write("ca.pem", certificate);
    }

    /** Makes the authority. */
    public static TestCertificates in(Path folder) {
        try {
            return new TestCertificates(folder, "authority of " + folder.getFileName());
        } catch (GeneralSecurityException | IOException | OperatorException e) {
            throw new IllegalStateException("no certificates could be made in " + folder, e);
        }
    }

    /** The authority's certificate, PEM. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Signs a certificate for somebody, who may be server and client on this machine. */
    public Identity issue(String commonName) {
        try {
            KeyPair own = newKey();
            X509Certificate signed = sign(new X500Principal("CN=" + commonName), own, false);
            Identity identity = new Identity(
                    write(commonName + ".crt", signed),
                    write(commonName + ".key", new JcaPKCS8Generator(own.getPrivate(), null)),
                    write(commonName + ".pem", new JcaPKCS8Generator(own.getPrivate(), null), signed),
                    folder.resolve(commonName + ".p12"),
                    "key-of-" + commonName);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", own.getPrivate(), identity.password().toCharArray(), new Certificate[] {signed, certificate
                    });
            try (OutputStream out = Files.newOutputStream(identity.keystore())) {
                store.store(out, identity.password().toCharArray());
            }
            return identity;
        } catch (GeneralSecurityException | IOException | OperatorException e) {
            throw new IllegalStateException("no certificate could be made for " + commonName, e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate sign(X500Principal subject, KeyPair owner, boolean authority)
            throws GeneralSecurityException, IOException, OperatorException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(serial.getAndIncrement()),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(Duration.ofHours(1))),
                subject,
                owner.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private Path write(String fileName, Object... pemObjects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object each : pemObjects) {
                writer.writeObject(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.writeString(folder.resolve(fileName), text.toString());
    }

    /**
     * A key and its signed certificate, in every form.
     *
     * @param certificate PEM
     * @param key PEM, PKCS8
     * @param both PEM, key and certificate
     * @param keystore PKCS12
     * @param password of the keystore
     */
    public record Identity(Path certificate, Path key, Path both, Path keystore, String password) {}
}
