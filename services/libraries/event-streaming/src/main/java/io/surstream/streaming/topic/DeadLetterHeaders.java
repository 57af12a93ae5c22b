package io.surstream.streaming.topic;

/** Header names on the dead-letters topic, beside the original record's own headers. Values are UTF-8 text. */
public final class DeadLetterHeaders {

    public static final String TOPIC = "surstream-origin-topic";
    public static final String PARTITION = "surstream-origin-partition";
    public static final String OFFSET = "surstream-origin-offset";
    /** Milliseconds since the epoch. */
    public static final String TIMESTAMP = "surstream-origin-timestamp";

    public static final String ERROR_TYPE = "surstream-error-type";
    public static final String REASON = "surstream-error-reason";
    /** The first frames of the error and its causes. */
    public static final String STACK = "surstream-error-stack";

    public static final String ATTEMPTS = "surstream-attempts";
    public static final String WORKER = "surstream-worker";
    /** Bytes of the original value, or unknown; present only when it was too large to be kept whole. */
    public static final String TRUNCATED_FROM = "surstream-truncated-from";

    public static final String UNKNOWN_SIZE = "unknown";

    /** Only where several records together could not be read: the first one's offset; {@link #OFFSET} is the last one's. */
    public static final String FIRST_OFFSET = "surstream-origin-first-offset";

    private DeadLetterHeaders() {}
}
