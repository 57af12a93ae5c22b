package io.surstream.gateway.intake;

import io.surstream.gateway.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A request that breaks the rules; carries everything that is wrong with it at once. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidRequestException(List<Violation> violations) {
        super(violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
