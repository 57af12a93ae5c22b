package io.surstream.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for elliptic-curve keys (P-256) that it makes, each good for a server and for a client. Safe for many threads. */
public final class CertificateAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 127;
    /** For clocks that are behind. */
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final SignedKey own;

    private CertificateAuthority(SignedKey own) {
        this.own = own;
    }

    /** A new authority with a new key. */
    public static CertificateAuthority create(String commonName, Duration validity) {
        try {
            KeyPair key = newKey();
            X500Principal name = named(commonName);
            JcaX509v3CertificateBuilder certificate = builder(name, name, key.getPublic(), validity);
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new CertificateAuthority(new SignedKey(key.getPrivate(), signed(certificate, key)));
        } catch (GeneralSecurityException | IOException | OperatorException e) {
            throw new IllegalStateException("the authority " + commonName + " could not be made", e);
        }
    }

    /** One that was made before. */
    public static CertificateAuthority of(SignedKey own) {
        return new CertificateAuthority(own);
    }

    /** Its key and certificate: who has the key can sign for anybody. */
    public SignedKey own() {
        return own;
    }

    /**
     * Signs a certificate.
     *
     * @param dnsNames what a client that calls it by one of them accepts, and what services know it by as a caller
     * @param addresses IP addresses
     */
    public SignedKey issue(
            String commonName, Collection<String> dnsNames, Collection<String> addresses, Duration validity) {
        try {
            KeyPair key = newKey();
            JcaX509v3CertificateBuilder certificate =
                    builder(own.certificate().getSubjectX500Principal(), named(commonName), key.getPublic(), validity);
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            certificate.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            certificate.addExtension(Extension.subjectAlternativeName, false, alternativeNames(dnsNames, addresses));
            KeyPair signer = new KeyPair(own.certificate().getPublicKey(), own.key());
            return new SignedKey(key.getPrivate(), signed(certificate, signer));
        } catch (GeneralSecurityException | IOException | OperatorException e) {
            throw new IllegalStateException("no certificate could be made for " + commonName, e);
        }
    }

    private static GeneralNames alternativeNames(Collection<String> dnsNames, Collection<String> addresses) {
        return new GeneralNames(Stream.concat(
                        dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new));
    }

    private static X500Principal named(String commonName) {
        return new X500Principal("CN=" + commonName);
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Duration validity) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(validity)),
                subject,
                key);
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder certificate, KeyPair signer)
            throws GeneralSecurityException, OperatorException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }
}
