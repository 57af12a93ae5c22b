package io.surstream.standalone;

import io.surstream.embedded.ReservedPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports this run listens on. */
final class PortChoice {
    private PortChoice() {}

    /**
     * Where HTTP is to be served: a port that must be known beforehand.
     *
     * @throws UpRefusedException when it is not a port or another process listens on it
     */
    static int require(String option, String host, int port) {
        requireNumber(option, port);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return port;
        } catch (IOException e) {
            throw taken(option, host, port);
        }
    }

    /**
     * A port on 127.0.0.1 that another {@code up} does not choose as long as it is reserved here.
     *
     * @param chosen by the user; null when any will do, best {@code preferred}
     * @throws UpRefusedException when the chosen one is no port, or another process uses it
     */
    static ReservedPort reserve(String option, Integer chosen, int preferred) {
        if (chosen == null) {
            return ReservedPort.prefer(preferred);
        }
        requireNumber(option, chosen);
        return ReservedPort.of(chosen).orElseThrow(() -> taken(option, "127.0.0.1", chosen));
    }

    private static void requireNumber(String option, int port) {
        if (port < 1 || port > 65_535) {
            throw new UpRefusedException(option + " must be 1..65535 but is " + port);
        }
    }

    private static UpRefusedException taken(String option, String host, int port) {
        return new UpRefusedException(
                "port " + port + " on " + host + " is taken or not allowed; choose another one with " + option);
    }
}
