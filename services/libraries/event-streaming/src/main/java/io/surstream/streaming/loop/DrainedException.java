package io.surstream.streaming.loop;

/** The worker is closing: the current work is left for another worker. */
public final class DrainedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DrainedException(String worker) {
        super("worker " + worker + " is closing");
    }
}
