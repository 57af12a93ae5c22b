package io.surstream.contract.prompt;

import io.surstream.v1.Failure;
import java.util.List;

/**
 * A prompt that no service accepts.
 *
 * @param jobId may itself be what is wrong
 * @param problems at least one, without a stage
 */
public record InvalidPrompt(String jobId, List<Failure> problems) implements ParsedPrompt {
    public InvalidPrompt {
        problems = List.copyOf(problems);
    }
}
