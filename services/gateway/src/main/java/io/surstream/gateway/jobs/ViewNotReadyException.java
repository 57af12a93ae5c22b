package io.surstream.gateway.jobs;

/** The job view is starting, stopping or broken and cannot be asked. */
public final class ViewNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ViewNotReadyException(String message) {
        super(message);
    }
}
