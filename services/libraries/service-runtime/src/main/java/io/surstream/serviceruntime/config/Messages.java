package io.surstream.serviceruntime.config;

/** What is wrong with a setting's value. */
public final class Messages {
    /** With the constraint {@code @Range}. */
    public static final String RANGE = "must be {min}..{max} but is ${validatedValue}";

    /** Of a share. */
    public static final String SHARE = "must be 0..1 but is ${validatedValue}";

    /** Of a name. */
    public static final String BLANK = "must not be blank";

    private Messages() {}
}
