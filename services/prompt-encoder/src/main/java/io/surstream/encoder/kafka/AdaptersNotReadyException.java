package io.surstream.encoder.kafka;

/** What is promoted could not be loaded in time; the start is tried again. */
final class AdaptersNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdaptersNotReadyException() {
        super("the promoted adapters are not loaded yet; does the object store answer?");
    }
}
