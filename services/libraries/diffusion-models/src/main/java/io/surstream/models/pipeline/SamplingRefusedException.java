package io.surstream.models.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be followed, with every problem that was found. */
public final class SamplingRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<SamplingProblem> problems;

    public SamplingRefusedException(List<SamplingProblem> problems) {
        super(problems.stream().map(SamplingProblem::message).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<SamplingProblem> problems() {
        return problems;
    }
}
