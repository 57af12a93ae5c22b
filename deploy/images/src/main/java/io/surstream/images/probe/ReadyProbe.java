package io.surstream.images.probe;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Exits with 0 when the service in this container is ready, with 1 when it is not or does not answer. For Compose, whose health checks
 * are commands; Kubernetes asks over HTTP itself. One class on the JDK alone, so that it starts in a tenth of a second.
 */
public final class ReadyProbe {
    private static final int PATIENCE_MS = 3000;

    private ReadyProbe() {}

    /** @param arguments the address to ask, {@code http://localhost:8080/q/health/ready} when none is given */
    public static void main(String[] arguments) {
        String address = arguments.length > 0 ? arguments[0] : "http://localhost:8080/q/health/ready";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            System.exit(connection.getResponseCode() == HttpURLConnection.HTTP_OK ? 0 : 1);
        } catch (IOException e) {
            System.err.println(address + " does not answer: " + e.getMessage());
            System.exit(1);
        }
    }
}
