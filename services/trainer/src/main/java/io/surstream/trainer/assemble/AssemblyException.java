package io.surstream.trainer.assemble;

/** The examples cannot be put together, however long one waits. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /** @param type stable kind, as in {@code surstream.v1.Failure} */
    public AssemblyException(String type, String message) {
        super(message);
        this.type = type;
    }

    public String type() {
        return type;
    }
}
