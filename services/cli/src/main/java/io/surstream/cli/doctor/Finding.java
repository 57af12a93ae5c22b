package io.surstream.cli.doctor;

/**
 * What a check found.
 *
 * @param check the check's name
 * @param found one sentence
 * @param advice what to do; empty when all is well
 */
record Finding(String check, Level level, String found, String advice) {
    /** How bad it is. */
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, "");
    }

    static Finding warn(String check, String found, String advice) {
        return new Finding(check, Level.WARN, found, advice);
    }

    static Finding fail(String check, String found, String advice) {
        return new Finding(check, Level.FAIL, found, advice);
    }
}
