package io.surstream.contract.prompt;

import io.surstream.v1.Failure;
import java.util.List;

/** The result of a submitted prompt's validation. */
public sealed interface ParsedPrompt permits ValidPrompt, InvalidPrompt {
    /** As it was submitted. */
    String jobId();

    /** Everything that is wrong; empty for a valid one. */
    List<Failure> problems();
}
