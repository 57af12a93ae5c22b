package io.surstream.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports this run listens on. */
final class Ports {
    private Ports() {}

    /**
     * A port that the user chose, or a default that must be known beforehand.
     *
     * @throws UpRefusedException when it is no port or somebody listens on it
     */
    static int require(String option, String host, int port) {
        if (port < 1 || port > 65_535) {
            throw new UpRefusedException(option + " must be 1..65535 but is " + port);
        }
        if (!isFree(host, port)) {
            throw new UpRefusedException(
                    "port " + port + " on " + host + " is taken or not allowed; choose another one with " + option);
        }
        return port;
    }

    /** {@code wanted} when nobody listens there, else any free port. */
    static int prefer(int wanted) {
        if (isFree("127.0.0.1", wanted)) {
            return wanted;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UpRefusedException("no free port on 127.0.0.1: " + e.getMessage());
        }
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
