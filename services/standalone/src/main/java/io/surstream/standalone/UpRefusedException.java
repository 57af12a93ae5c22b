package io.surstream.standalone;

/** {@code surstream up} cannot start; the message is one line for people and says what to do. */
final class UpRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpRefusedException(String message) {
        super(message);
    }
}
