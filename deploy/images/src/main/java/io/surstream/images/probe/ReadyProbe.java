package io.surstream.images.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Exits with 0 when the service in this container is ready, with 1 when it is not or does not answer. For Compose, whose health checks
 * are commands; Kubernetes asks over HTTP itself. One class on the JDK alone, so that it starts in a tenth of a second.
 */
public final class ReadyProbe {
    private static final int PATIENCE_MS = 3000;

    private ReadyProbe() {}

    /**
     * @param arguments the address to ask, {@code http://localhost:8080/q/health/ready} when none is given; for https also the PEM file
     *     of the authority that signed for it, without which the JVM's own count
     */
    public static void main(String[] arguments) {
        String address = arguments.length > 0 ? arguments[0] : "http://localhost:8080/q/health/ready";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            if (arguments.length > 1 && connection instanceof HttpsURLConnection encrypted) {
                encrypted.setSSLSocketFactory(trusting(arguments[1]).getSocketFactory());
            }
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            System.exit(connection.getResponseCode() == HttpURLConnection.HTTP_OK ? 0 : 1);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println(address + " does not answer: " + e.getMessage());
            System.exit(1);
        }
    }

    private static SSLContext trusting(String authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(authority))) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
