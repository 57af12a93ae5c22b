package io.surstream.cli;

/** The command cannot do what it was asked; the message is one line for people and says what to do. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
