package io.surstream.contract;

/** The {@link ResourceName} of a job. */
public final class JobId {
    /** In words, for refusals. */
    public static final String LIMIT = ResourceName.LIMIT;

    private JobId() {}

    public static boolean isValid(String id) {
        return ResourceName.isValid(id);
    }
}
