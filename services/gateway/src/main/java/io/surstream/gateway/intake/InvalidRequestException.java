package io.surstream.gateway.intake;

import io.surstream.gateway.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that breaks the rules; carries everything that is wrong with it at once. Its own message names the kinds alone: it
 * gets into spans, and what is said of a field may quote a prompt.
 */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidRequestException(List<Violation> violations) {
        super("refused: " + violations.stream().map(Violation::type).collect(Collectors.joining(", ")));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
