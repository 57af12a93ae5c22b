package io.surstream.streaming.loop;

/** The worker is closing: what is in hand is left for somebody else. */
public final class DrainedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DrainedException(String worker) {
        super("worker " + worker + " is closing");
    }
}
