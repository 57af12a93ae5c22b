package io.surstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/**
 * A TCP port of 127.0.0.1 that is chosen now and bound some seconds later. No other process chooses it meanwhile in this way: who has
 * it holds the UDP port of the same number, which is used for nothing else. A hard kill gives it back.
 */
public final class ReservedPort implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final int number;
    private final DatagramSocket token;

    private ReservedPort(int number, DatagramSocket token) {
        this.number = number;
        this.token = token;
    }

    /** This very port; empty when another process listens there or has reserved it. */
    public static Optional<ReservedPort> of(int number) {
        // The token first: its holder looks alone, and binds alone.
        Optional<ReservedPort> reserved = token(number);
        if (reserved.isPresent() && !isFree(number)) {
            reserved.get().close();
            return Optional.empty();
        }
        return reserved;
    }

    /** This port when it can be had, else {@link #any()}. */
    public static ReservedPort prefer(int number) {
        return of(number).orElseGet(ReservedPort::any);
    }

    /**
     * A port that nobody listens on and nobody has reserved.
     *
     * @throws UncheckedIOException when there is none
     */
    public static ReservedPort any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Optional<ReservedPort> reserved = token(socket.getLocalPort());
                if (reserved.isPresent()) {
                    return reserved.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no free port on 127.0.0.1: " + e.getMessage(), e);
            }
        }
        throw new UncheckedIOException(new IOException("no free port on 127.0.0.1 in " + ATTEMPTS + " attempts"));
    }

    private static Optional<ReservedPort> token(int number) {
        try {
            return Optional.of(new ReservedPort(
                    number, new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), number))));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isFree(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int number() {
        return number;
    }

    /** To be called when the port is bound no more. */
    @Override
    public void close() {
        token.close();
    }
}
