package io.surstream.testsupport.secured;

import io.surstream.authority.CertificateAuthority;
import io.surstream.authority.SignedKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;

/**
 * A temporary certificate authority in a folder, and what it signs. Elliptic-curve keys, good for an hour and for this
 * machine.
 */
public final class TestCertificates {
    private static final Duration VALIDITY = Duration.ofHours(1);

    private final Path folder;
    private final CertificateAuthority authority;

    private TestCertificates(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.authority = CertificateAuthority.create("authority of " + folder.getFileName(), VALIDITY);
        write("ca.pem", authority.own().certificatePem());
    }

    /** Makes the authority. */
    public static TestCertificates in(Path folder) {
        try {
            return new TestCertificates(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no certificates could be made in " + folder, e);
        }
    }

    /** The authority's certificate, PEM. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Signs a certificate for a name that may be server and client on this machine. */
    public Identity issue(String commonName) {
        SignedKey signed =
                authority.issue(commonName, List.of(commonName, "localhost"), List.of("127.0.0.1"), VALIDITY);
        try {
            Identity identity = new Identity(
                    write(commonName + ".crt", signed.certificatePem()),
                    write(commonName + ".key", signed.keyPem()),
                    write(commonName + ".pem", signed.keyPem() + signed.certificatePem()),
                    folder.resolve(commonName + ".p12"),
                    "key-of-" + commonName);
            store(signed, identity);
            return identity;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate could be made for " + commonName, e);
        }
    }

    private void store(SignedKey signed, Identity identity) throws GeneralSecurityException, IOException {
        char[] password = identity.password().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", signed.key(), password, new Certificate[] {
            signed.certificate(), authority.own().certificate()
        });
        try (OutputStream out = Files.newOutputStream(identity.keystore())) {
            store.store(out, password);
        }
    }

    private Path write(String fileName, String pem) throws IOException {
        return Files.writeString(folder.resolve(fileName), pem);
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
