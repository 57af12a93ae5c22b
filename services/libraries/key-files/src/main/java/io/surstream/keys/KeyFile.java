package io.surstream.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A file with certificates, or with a key and its certificates, as a setting names it. Its ending says what it is: {@code .p12} and
 * {@code .pfx} are PKCS12, {@code .jks} is JKS, everything else is PEM.
 *
 * @param setting its full name, for what is said about the file
 * @param password of the file, empty when it has none
 */
public record KeyFile(String setting, Path file, Optional<String> password) {
    private static final String PRIVATE_KEY = "PRIVATE KEY-----";
    private static final Pattern PEM_CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

    /** {@code PKCS12}, {@code JKS} or {@code PEM}; Kafka's clients use the same words. */
    public String type() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".p12") || name.endsWith(".pfx")) {
            return "PKCS12";
        }
        return name.endsWith(".jks") ? "JKS" : "PEM";
    }

    /** Why nobody can be trusted by it; empty when it holds a certificate. */
    public Optional<String> trustProblem() {
        return problem(false);
    }

    /** Why nobody can show it; empty when it holds a private key and its certificates. */
    public Optional<String> identityProblem() {
        return problem(true);
    }

    private Optional<String> problem(boolean wantsKey) {
        if (!Files.isReadable(file)) {
            return Optional.of(setting + " names " + file + ", which does not exist or is not readable");
        }
        try {
            KeyStore store = load();
            if (store.size() == 0) {
                return Optional.of(setting + " names " + file + ", which holds no certificate");
            }
            return wantsKey && !hasKey(store)
                    ? Optional.of(setting + " names " + file + ", which holds no private key beside its certificates")
                    : Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            return Optional.of(setting + " names " + file + ", which cannot be read as " + type()
                    + (type().equals("PEM") ? "" : " with the password in " + setting + "-password") + ": "
                    + e.getMessage());
        }
    }

    private boolean hasKey(KeyStore store) throws GeneralSecurityException, IOException {
        if (type().equals("PEM")) {
            return Files.readString(file).contains(PRIVATE_KEY);
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Trusts every certificate signed by one in this file.
     *
     * @throws IllegalArgumentException with {@link #trustProblem()}
     */
    public X509TrustManager trustManager() {
        trustProblem().ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(load());
            for (TrustManager made : factory.getTrustManagers()) {
                if (made instanceof X509TrustManager trust) {
                    return trust;
                }
            }
            throw new IllegalStateException("this JVM has no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(setting + ": " + e.getMessage(), e);
        }
    }

    /** A PEM file's certificates are stored under their numbers; its key is left to those who can read one. */
    private KeyStore load() throws GeneralSecurityException, IOException {
        boolean pem = type().equals("PEM");
        KeyStore store = KeyStore.getInstance(pem ? "PKCS12" : type());
        if (!pem) {
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password.map(String::toCharArray).orElse(null));
            }
            return store;
        }
        store.load(null, null);
        for (Certificate each : pemCertificates()) {
            store.setCertificateEntry("certificate-" + store.size(), each);
        }
        return store;
    }

    private List<Certificate> pemCertificates() throws GeneralSecurityException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> found = new ArrayList<>();
        Matcher blocks = PEM_CERTIFICATE.matcher(Files.readString(file));
        while (blocks.find()) {
            found.add(factory.generateCertificate(
                    new ByteArrayInputStream(blocks.group().getBytes(US_ASCII))));
        }
        return found;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return file.toString();
    }
}
