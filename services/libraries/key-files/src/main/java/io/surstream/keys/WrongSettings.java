package io.surstream.keys;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Settings that stop a start. Quarkus tells such problems one a line, without a stack trace, and ends with exit code 1. */
public final class WrongSettings {
    private WrongSettings() {}

    /** @param problems each naming its setting, the value and what it should be */
    public static ConfigValidationException of(List<String> problems) {
        return new ConfigValidationException(problems.stream().map(Problem::new).toArray(Problem[]::new));
    }

    /** The problems in one line. */
    public static String words(ConfigValidationException wrong) {
        return IntStream.range(0, wrong.getProblemCount())
                .mapToObj(problem -> wrong.getProblem(problem).getMessage())
                .collect(Collectors.joining("; "));
    }

    /**
     * Makes what several settings ask for together, as a record that refuses values it cannot use.
     *
     * @param making throws {@code IllegalArgumentException} whose message names settings, values and what they should be
     * @throws ConfigValidationException with that message
     */
    public static <T> T checking(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw of(List.of(e.getMessage()));
        }
    }

    /**
     * Makes what a setting asks for; where that is refused, the setting is wrong.
     *
     * @param setting its full name
     * @param expected what its value must be, in words
     * @param refusals whose message says why the value cannot be used; any other exception propagates unchanged
     * @throws ConfigValidationException naming the setting, its value and what it should be
     */
    @SafeVarargs
    public static <V, T> T applying(
            String setting,
            String expected,
            V value,
            Function<V, T> making,
            Class<? extends RuntimeException>... refusals) {
        try {
            return making.apply(value);
        } catch (RuntimeException e) {
            for (Class<? extends RuntimeException> refusal : refusals) {
                if (refusal.isInstance(e)) {
                    throw of(List.of(setting + " must be " + expected + " but is " + value + ": " + e.getMessage()));
                }
            }
            throw e;
        }
    }
}
