package io.surstream.embedded;

/** The embedded broker or store could not start; the message names the folder and port and what to do. */
public class EmbeddedStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
