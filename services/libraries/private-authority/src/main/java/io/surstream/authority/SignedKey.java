package io.surstream.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A private key and the certificate of its public half. */
public record SignedKey(PrivateKey key, X509Certificate certificate) {
    /**
     * Reads what {@link #certificatePem()} and {@link #keyPem()} said.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static SignedKey of(String certificatePem, String keyPem) {
        try {
            return new SignedKey(
                    KeyFactory.getInstance("EC")
                            .generatePrivate(new PKCS8EncodedKeySpec(content(keyPem, "PRIVATE KEY"))),
                    (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(content(certificatePem, "CERTIFICATE"))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificate with an elliptic-curve key: " + e.getMessage(), e);
        }
    }

    private static byte[] content(String pem, String type) {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject object = reader.readPemObject();
            if (object == null || !object.getType().equals(type)) {
                throw new IllegalArgumentException("a PEM " + type + " was expected");
            }
            return object.getContent();
        } catch (IOException e) {
            throw new IllegalArgumentException("no PEM: " + e.getMessage(), e);
        }
    }

    /** PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** PEM, PKCS8, not encrypted. */
    public String keyPem() {
        return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().toString();
    }
}
