package io.surstream.streaming.codec;

import io.surstream.contract.failure.Failures;
import io.surstream.v1.Failure;
import java.util.Optional;

/** A record that is not the event its topic carries. It will never become one: do not retry. */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the record. */
    public enum Reason {
        NO_CONTENT,
        RECORD_TOO_LARGE,
        MISSING_TYPE,
        UNKNOWN_TYPE,
        UNKNOWN_VERSION,
        UNSUPPORTED_CONTENT_TYPE,
        NOT_PROTOBUF,
        NOT_UTF8,
        NOT_JSON
    }

    private final Reason reason;
    private final transient Failure failure;

    public MalformedEventException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.failure = null;
    }

    /** @param failure names the fields that are not what the event has */
    public MalformedEventException(Reason reason, Failure failure) {
        super(failure.getMessage());
        this.reason = reason;
        this.failure = failure;
    }

    /** The message for the record's sender, if single fields are to blame; without a stage. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    public Reason reason() {
        return reason;
    }

    /** What a message may quote of a record. */
    static String shortened(String text) {
        return text == null ? "" : Failures.shown(text);
    }
}
