package io.surstream.models.llama;

import io.surstream.models.ModelException;

/** A request that a teacher cannot fulfil; it continues with the next one. */
public final class TeacherRefusedException extends ModelException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String value;
    private final String limit;

    /** What is wrong; the names go into failures as they are. */
    public enum Reason {
        PROMPT_EMPTY("prompt"),
        PROMPT_TOO_LONG("prompt"),
        UNKNOWN_LAYER("layer");

        private final String field;

        Reason(String field) {
            this.field = field;
        }

        /** The argument to blame. */
        public String field() {
            return field;
        }
    }

    TeacherRefusedException(Reason reason, String value, String limit, String message) {
        super(message);
        this.reason = reason;
        this.value = value;
        this.limit = limit;
    }

    public Reason reason() {
        return reason;
    }

    /** The offending value. */
    public String value() {
        return value;
    }

    /** What is allowed, in words. */
    public String limit() {
        return limit;
    }
}
