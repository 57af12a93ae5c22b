package io.surstream.cli.remote;

import io.grpc.Status.Code;
import io.surstream.cli.terminal.CommandFailedException;

/** A service did not do what it was called for; the message says what to do. */
public final class CallFailedException extends CommandFailedException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final boolean answered;

    /** @param answered whether the service itself said so, in its own words */
    CallFailedException(String message, Code code, boolean answered) {
        super(message);
        this.code = code;
        this.answered = answered;
    }

    /** Whether the service is not there, or says of itself that it is not ready. */
    public boolean isAway() {
        return code == Code.UNAVAILABLE;
    }

    /** Whether the service has other active work. */
    public boolean isBusy() {
        return code == Code.RESOURCE_EXHAUSTED;
    }

    /** Whether the service itself said so; otherwise nobody may be there at all. */
    public boolean isAnswered() {
        return answered;
    }
}
