package io.surstream.cli.terminal;

import io.smallrye.config.ConfigValidationException;
import io.surstream.keys.WrongSettings;

/** The command cannot do what it was asked; the message is one line for people and says what to do. */
public class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    /** One line for people: the message, or the type where there is none. */
    public static String reason(Throwable failure) {
        if (failure instanceof ConfigValidationException wrong) {
            return WrongSettings.words(wrong);
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
