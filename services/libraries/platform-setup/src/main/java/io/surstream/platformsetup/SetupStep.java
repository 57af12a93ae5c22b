package io.surstream.platformsetup;

/**
 * One thing that should be there, as it was found. Making a step changes nothing; {@link #take()} does what is open.
 *
 * @param object what it is about, as {@code topic surstream.jobs}
 * @param detail what is made, changed or left, and why; may be empty
 */
public record SetupStep(String object, State state, String detail, Runnable action) {
    private static final Runnable NOTHING = () -> {};

    /** How the thing was found. */
    public enum State {
        /** As it should be. */
        PRESENT,
        /** Not there; taking the step makes it. */
        MISSING,
        /** Not as it should be; taking the step changes it. */
        DIFFERENT,
        /** Not as it should be; a person must decide. */
        LEFT,
        /** The other side cannot have it. */
        UNSUPPORTED
    }

    public static SetupStep present(String object) {
        return new SetupStep(object, State.PRESENT, "", NOTHING);
    }

    public static SetupStep missing(String object, String detail, Runnable make) {
        return new SetupStep(object, State.MISSING, detail, make);
    }

    public static SetupStep different(String object, String detail, Runnable change) {
        return new SetupStep(object, State.DIFFERENT, detail, change);
    }

    public static SetupStep left(String object, String detail) {
        return new SetupStep(object, State.LEFT, detail, NOTHING);
    }

    public static SetupStep unsupported(String object, String detail) {
        return new SetupStep(object, State.UNSUPPORTED, detail, NOTHING);
    }

    /** Whether taking the step does something. */
    public boolean isOpen() {
        return state == State.MISSING || state == State.DIFFERENT;
    }

    /**
     * Does it; throws what goes wrong.
     *
     * @throws UnsupportedStepException when the other side turns out to be unable to have it
     */
    public void take() {
        action.run();
    }
}
