package io.surstream.authority;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final CertificateAuthority authority = CertificateAuthority.create("house", DAY);

    @Test
    void what_it_signs_is_valid_for_who_trusts_it_and_for_nobody_else() throws Exception {
        X509Certificate signed = issue(authority).certificate();

        assertDoesNotThrow(() -> validate(signed, authority));
        assertThrows(
                CertPathValidatorException.class, () -> validate(signed, CertificateAuthority.create("house", DAY)));
        assertThrows(
                SignatureException.class,
                () -> signed.verify(CertificateAuthority.create("house", DAY)
                        .own()
                        .certificate()
                        .getPublicKey()));
    }

    @Test
    void a_certificate_names_its_owner_and_signs_for_nobody() throws Exception {
        X509Certificate signed = issue(authority).certificate();

        assertEquals("CN=curator", signed.getSubjectX500Principal().getName());
        assertEquals(
                Set.of(List.of(2, "curator"), List.of(2, "localhost"), List.of(7, "127.0.0.1")),
                Set.copyOf(signed.getSubjectAlternativeNames()));
        assertEquals(-1, signed.getBasicConstraints(), "it is no authority");
        assertEquals(0, authority.own().certificate().getBasicConstraints(), "nobody below it is one");
        assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), signed.getExtendedKeyUsage());
    }

    @Test
    void it_holds_from_now_as_long_as_was_said() {
        X509Certificate signed = issue(authority).certificate();

        assertDoesNotThrow(() -> signed.checkValidity());
        assertThrows(
                CertificateExpiredException.class,
                () -> signed.checkValidity(Date.from(Instant.now().plus(DAY).plusSeconds(1))));
    }

    @Test
    void an_authority_that_was_kept_signs_on() {
        CertificateAuthority kept = CertificateAuthority.of(
                SignedKey.of(authority.own().certificatePem(), authority.own().keyPem()));

        assertDoesNotThrow(() -> validate(issue(kept).certificate(), authority));
    }

    @Test
    void pem_holds_what_was_made_and_words_hold_no_key() throws Exception {
        SignedKey signed = issue(authority);

        assertEquals(
                signed.certificate(),
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(signed.certificatePem().getBytes(StandardCharsets.US_ASCII))));
        assertTrue(signed.keyPem().startsWith("-----BEGIN PRIVATE KEY-----"), "PKCS8");
        assertFalse(signed.toString().contains("PRIVATE"), signed.toString());
    }

    @Test
    void what_is_no_certificate_with_its_key_is_refused() {
        String certificate = authority.own().certificatePem();

        assertThrows(IllegalArgumentException.class, () -> SignedKey.of(certificate, certificate));
        assertThrows(IllegalArgumentException.class, () -> SignedKey.of(certificate, ""));
    }

    private static SignedKey issue(CertificateAuthority authority) {
        return authority.issue("curator", List.of("curator", "localhost"), List.of("127.0.0.1"), DAY);
    }

    private static void validate(X509Certificate signed, CertificateAuthority trusted) throws Exception {
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(trusted.own().certificate(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(signed)), parameters);
    }
}
