package io.surstream.contract.prompt;

import io.surstream.v1.Failure;
import java.util.List;

/** What became of a submitted prompt at the door. */
public sealed interface ParsedPrompt permits ValidPrompt, InvalidPrompt {
    /** As it was submitted. */
    String jobId();

    /** Everything that is wrong; empty for a valid one. */
    List<Failure> problems();
}
