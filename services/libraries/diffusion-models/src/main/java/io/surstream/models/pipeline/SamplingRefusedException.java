package io.surstream.models.pipeline;

import io.surstream.v1.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be followed, with every problem that was found. */
public final class SamplingRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Failure> problems;

    public SamplingRefusedException(List<Failure> problems) {
        super(problems.stream().map(Failure::getMessage).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<Failure> problems() {
        return problems;
    }
}
