package io.surstream.cli.certificates;

import io.surstream.authority.CertificateAuthority;
import io.surstream.authority.SignedKey;
import io.surstream.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A folder with an authority, and one folder for each holder with {@code ca.crt}, {@code tls.crt}, {@code tls.key} (the names that
 * Kubernetes' secrets have) and {@code tls.pem}, key and certificate in one, as Kafka wants them. The folder itself is for its
 * owner alone; what is in a holder's folder can be read by the user of a container that it is mounted into.
 */
final class AuthorityFolder {
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    private final Path folder;
    private final CertificateAuthority authority;
    private final boolean isNew;

    private AuthorityFolder(Path folder, CertificateAuthority authority, boolean isNew) {
        this.folder = folder;
        this.authority = authority;
        this.isNew = isNew;
    }

    /** The authority that is there, or a new one. */
    static AuthorityFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            permit(folder, "rwx------");
            Path certificate = folder.resolve("ca.crt");
            Path key = folder.resolve("ca.key");
            if (Files.exists(certificate)) {
                SignedKey own = SignedKey.of(Files.readString(certificate), Files.readString(key));
                own.certificate().checkValidity();
                return new AuthorityFolder(folder, CertificateAuthority.of(own), false);
            }
            CertificateAuthority made = CertificateAuthority.create("SurStream private authority", AUTHORITY_VALIDITY);
            write(key, made.own().keyPem(), "rw-------");
            write(certificate, made.own().certificatePem(), "rw-r--r--");
            return new AuthorityFolder(folder, made, true);
        } catch (CertificateExpiredException | CertificateNotYetValidException | IllegalArgumentException e) {
            throw new CommandFailedException("the authority in " + folder + " cannot be used: " + e.getMessage()
                    + "; give another folder, or delete it for a new authority");
        } catch (IOException e) {
            throw new UncheckedIOException("certificates cannot be kept in " + folder, e);
        }
    }

    boolean isNew() {
        return isNew;
    }

    /** Makes a certificate, in place of one that is there. */
    void issue(Holder holder, Collection<String> furtherNames, Duration validity) {
        List<String> names = new ArrayList<>(holder.dnsNames());
        names.addAll(furtherNames);
        SignedKey signed = authority.issue(holder.name(), names, holder.addresses(), validity);
        try {
            Path own = Files.createDirectories(folder.resolve(holder.name()));
            permit(own, "rwxr-xr-x");
            write(own.resolve("ca.crt"), authority.own().certificatePem(), "rw-r--r--");
            write(own.resolve("tls.crt"), signed.certificatePem(), "rw-r--r--");
            write(own.resolve("tls.key"), signed.keyPem(), "rw-r--r--");
            write(own.resolve("tls.pem"), signed.keyPem() + signed.certificatePem(), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate of " + holder.name() + " cannot be written", e);
        }
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Files.writeString(file, text);
        permit(file, permissions);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
