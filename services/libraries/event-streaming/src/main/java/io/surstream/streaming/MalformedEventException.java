package io.surstream.streaming;

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

    public MalformedEventException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What a message may quote of a record. */
    static String shortened(String text) {
        return text == null ? "" : text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
