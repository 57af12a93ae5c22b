package io.surstream.gateway.admission;

import io.surstream.contract.prompt.ParsedPrompt;
import io.surstream.contract.prompt.PromptJson;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.contract.prompt.ValidPrompt;
import io.surstream.gateway.problem.FieldViolation;
import io.surstream.v1.PromptSubmitted;

/**
 * Bytes of a request body in, a valid prompt event without id and time out. What the loaded model allows less than the
 * operator only the workers know: they fail the job then.
 */
public final class JobRequestReader {

    /** A request may be wrong in very many ways; the answer stays short. */
    private static final int MAX_REPORTED = 20;

    private final PromptRules rules;

    public JobRequestReader(PromptLimits limits) {
        this.rules = PromptRules.of(limits);
    }

    /** @throws InvalidRequestException naming every field that is wrong, its value and its limit */
    public PromptSubmitted.Builder read(byte[] body) {
        ParsedPrompt parsed = PromptJson.request(body).checked(rules);
        if (parsed instanceof ValidPrompt valid) {
            return valid.event().toBuilder();
        }
        throw new InvalidRequestException(parsed.problems().stream()
                .limit(MAX_REPORTED)
                .map(FieldViolation::of)
                .toList());
    }
}
