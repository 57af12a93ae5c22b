package io.surstream.authority;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** A private key and the certificate of its public half. */
public record SignedKey(PrivateKey key, X509Certificate certificate) {
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
