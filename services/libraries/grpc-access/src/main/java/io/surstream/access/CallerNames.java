package io.surstream.access;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What a caller is called: the DNS names of its certificate's subject alternative name, or without any the common name
 * (RFC 6125, 6.4.4).
 */
final class CallerNames {
    private static final int DNS_NAME = 2;

    private CallerNames() {}

    /**
     * @param session of the connection; null when it is not encrypted
     * @return empty when no certificate was shown, no names when the certificate holds none
     */
    static Optional<Set<String>> of(SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate shown = session.getPeerCertificates()[0];
            return Optional.of(shown instanceof X509Certificate certificate ? names(certificate) : Set.of());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        } catch (CertificateParsingException | InvalidNameException e) {
            return Optional.of(Set.of());
        }
    }

    private static Set<String> names(X509Certificate certificate)
            throws CertificateParsingException, InvalidNameException {
        Set<String> names = new TreeSet<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            for (List<?> each : certificate.getSubjectAlternativeNames()) {
                if (each.get(0).equals(DNS_NAME)) {
                    names.add(each.get(1).toString());
                }
            }
        }
        if (names.isEmpty()) {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(part.getValue().toString());
                }
            }
        }
        return names;
    }
}
