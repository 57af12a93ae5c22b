package io.surstream.embedded;

/** Port numbers as settings have them. */
final class Ports {

    private Ports() {}

    static void require(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0 (free) or 1..65535 but is " + port);
        }
    }
}
