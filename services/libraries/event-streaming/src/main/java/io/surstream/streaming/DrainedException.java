package io.surstream.streaming;

/** The worker is closing: what is in hand is left for somebody else. */
final class DrainedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DrainedException(String worker) {
        super("worker " + worker + " is closing");
    }
}
