package io.surstream.contract.failure;

import io.surstream.v1.Failure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Builds failures. Pure. */
public final class Failures {
    private static final int MOST_OF_VALUE = 200;
    private static final int MOST_PROBLEMS = 20;

    private Failures() {}

    /**
     * A value that is not allowed; the message is "FIELD must be LIMIT but is VALUE". The stage is left open.
     *
     * @param limit what is allowed, in words that follow "must be"
     */
    public static Failure invalid(String field, Object value, String limit) {
        String shown = shown(String.valueOf(value));
        return Failure.newBuilder()
                .setType(FailureType.INVALID_ARGUMENT.name())
                .setField(field)
                .setValue(shown)
                .setLimit(limit)
                .setMessage(field + " must be " + limit + " but is " + shown)
                .build();
    }

    /** @param value {@linkplain #shown shortened} here */
    public static Failure of(FailureType type, String field, String value, String limit, String message) {
        return Failure.newBuilder()
                .setType(type.name())
                .setField(field)
                .setValue(shown(value))
                .setLimit(limit)
                .setMessage(message)
                .build();
    }

    /**
     * One failure that combines all: the only one as it is, or their fields, messages and, where it is the same, their
     * type. At most 20 of them are included.
     *
     * @param stage the service that refuses
     * @param problems at least one
     */
    public static Failure joined(String stage, List<Failure> problems) {
        List<Failure> told = problems.stream().limit(MOST_PROBLEMS).toList();
        Failure first = told.get(0);
        if (told.size() == 1) {
            return first.toBuilder().setStage(stage).build();
        }
        boolean alike = told.stream().allMatch(problem -> problem.getType().equals(first.getType()));
        return Failure.newBuilder()
                .setType(alike ? first.getType() : FailureType.INVALID_ARGUMENT.name())
                .setField(told.stream().map(Failure::getField).distinct().collect(Collectors.joining(", ")))
                .setMessage(told.stream().map(Failure::getMessage).collect(Collectors.joining("; ")))
                .setStage(stage)
                .build();
    }

    /** An error that is not the caller's fault: its class and message, no stack trace. */
    public static Failure internal(String stage, RuntimeException error) {
        return of(FailureType.INTERNAL, "", "", "", error.toString()).toBuilder()
                .setStage(stage)
                .build();
    }

    /**
     * At most 200 characters (code points) of a value, safe to print and to encode: control characters and unpaired
     * surrogates are written as their codes. The length follows where something was left out.
     */
    public static String shown(String value) {
        StringBuilder shown = new StringBuilder();
        int[] characters = value.codePoints().limit(MOST_OF_VALUE + 1L).toArray();
        for (int i = 0; i < Math.min(MOST_OF_VALUE, characters.length); i++) {
            int c = characters[i];
            boolean printable = !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
            shown.append(printable ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c));
        }
        return characters.length > MOST_OF_VALUE
                ? shown + String.format(Locale.ROOT, "… (%,d characters)", value.codePointCount(0, value.length()))
                : shown.toString();
    }
}
