package io.surstream.contract.failure;

import io.surstream.v1.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** Failures out of other things that went wrong. */
public final class Failures {
    private Failures() {}

    /**
     * One failure that tells of all: the only one as it is, or several without a single field to blame, their sentences
     * joined.
     *
     * @param problems at least one
     */
    public static Failure joined(List<Failure> problems) {
        Failure first = problems.get(0);
        if (problems.size() == 1) {
            return first;
        }
        boolean alike = problems.stream().allMatch(problem -> problem.getType().equals(first.getType()));
        return Failure.newBuilder()
                .setType(alike ? first.getType() : "INVALID_ARGUMENT")
                .setField(problems.stream().map(Failure::getField).distinct().collect(Collectors.joining(", ")))
                .setMessage(problems.stream().map(Failure::getMessage).collect(Collectors.joining("; ")))
                .setStage(first.getStage())
                .build();
    }

    /** An error that is not the caller's fault: its class and message, no stack trace. */
    public static Failure internal(String stage, RuntimeException error) {
        return Failure.newBuilder()
                .setType("INTERNAL")
                .setMessage(error.toString())
                .setStage(stage)
                .build();
    }
}
