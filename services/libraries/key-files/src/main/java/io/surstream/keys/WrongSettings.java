package io.surstream.keys;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.util.List;

/** Settings that stop a start. Quarkus tells such problems one a line, without a stack trace, and ends with exit code 1. */
public final class WrongSettings {
    private WrongSettings() {}

    /** @param problems each naming its setting, the value and what it should be */
    public static ConfigValidationException of(List<String> problems) {
        return new ConfigValidationException(problems.stream().map(Problem::new).toArray(Problem[]::new));
    }
}
