package io.surstream.encoder.encode;

import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.encoder.encode.TextEncoding.Tokens;
import io.surstream.encoder.validation.PromptJob;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.Failure;

/** A job with its tokens; refused when they do not fit and it does not ask for them to be cut. */
record TokenizedJob(PromptJob job, Tokens prompt, Tokens negativePrompt) {
    static TokenizedJob of(PromptJob job, TextEncoding text) {
        return new TokenizedJob(job, text.tokenize(job.prompt()), text.tokenize(job.negativePrompt()));
    }

    boolean accepted() {
        return job.truncate() || truncated() == 0;
    }

    int truncated() {
        return prompt.truncated() + negativePrompt.truncated();
    }

    EncodeResult refused() {
        String field = prompt.truncated() > 0 ? "prompt" : "negative_prompt";
        Tokens tokens = prompt.truncated() > 0 ? prompt : negativePrompt;
        int window = tokens.inputIds().length;
        Failure failure = Failures.of(
                FailureType.PROMPT_TOO_LONG,
                field,
                (window + tokens.truncated()) + " tokens",
                "at most " + window + " tokens with start and end",
                String.format(
                        "%s must have at most %d tokens (start and end included) but has %d: shorten it, or set truncate",
                        field, window, window + tokens.truncated()));
        return EncodeResult.newBuilder()
                .setJobId(job.jobId())
                .setFailure(failure.toBuilder().setStage(PromptValidation.STAGE))
                .build();
    }
}
