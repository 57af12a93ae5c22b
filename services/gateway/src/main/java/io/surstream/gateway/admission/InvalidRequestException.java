package io.surstream.gateway.admission;

import io.surstream.gateway.problem.FieldViolation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that breaks the rules; carries all its problems. Its own message names the kinds alone: it
 * gets into spans, and what is said of a field may quote a prompt.
 */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldViolation> violations;

    public InvalidRequestException(List<FieldViolation> violations) {
        super("refused: " + violations.stream().map(FieldViolation::type).collect(Collectors.joining(", ")));
        this.violations = List.copyOf(violations);
    }

    public List<FieldViolation> violations() {
        return violations;
    }
}
