package io.surstream.schedulers;

/** A scheduler setting or step count that cannot be followed; the message names the key, its value and what is allowed. */
public final class SchedulerConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SchedulerConfigException(String message) {
        super(message);
    }

    public SchedulerConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
