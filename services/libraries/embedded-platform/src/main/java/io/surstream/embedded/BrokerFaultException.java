package io.surstream.embedded;

/** The embedded broker met a fault that would have ended its process; the message is the broker's own. */
public final class BrokerFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerFaultException(String message) {
        super(message);
    }
}
