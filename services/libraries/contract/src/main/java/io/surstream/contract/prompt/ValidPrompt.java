package io.surstream.contract.prompt;

import io.surstream.contract.JobId;
import io.surstream.contract.failure.Failures;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * A submitted prompt that is within all limits. Only {@link #job} and {@link #request} make one, so that its holder
 * need not check again. Immutable.
 */
public final class ValidPrompt implements ParsedPrompt {
    private final PromptSubmitted submitted;

    private ValidPrompt(PromptSubmitted submitted) {
        this.submitted = submitted;
    }

    /** A separate job, which must have an id. */
    public static ParsedPrompt job(PromptSubmitted submitted, PromptRules rules) {
        return parse(submitted, rules, true);
    }

    /** A request whose answer goes back to the caller, or whose id comes later: it needs no id. */
    public static ParsedPrompt request(PromptSubmitted submitted, PromptRules rules) {
        return parse(submitted, rules, !submitted.getJobId().isEmpty());
    }

    private static ParsedPrompt parse(PromptSubmitted submitted, PromptRules rules, boolean withId) {
        List<Failure> problems = new ArrayList<>();
        if (withId && !JobId.isValid(submitted.getJobId())) {
            problems.add(Failures.invalid("job_id", submitted.getJobId(), JobId.LIMIT));
        }
        int maxLength = rules.limits().maxPromptLength();
        TextRules.promptProblem(submitted.getPrompt(), maxLength).ifPresent(problems::add);
        TextRules.problem("negative_prompt", submitted.getNegativePrompt(), maxLength)
                .ifPresent(problems::add);
        SamplingSettings settings = rules.model().complete(submitted.getSampling());
        List<Failure> beyondLimits = SettingsRules.problems(settings, rules.limits());
        problems.addAll(beyondLimits.isEmpty() ? rules.model().problems(settings) : beyondLimits);
        problems.addAll(AdapterRules.problems(submitted.getAdapter()));
        if (!problems.isEmpty()) {
            return new InvalidPrompt(submitted.getJobId(), problems);
        }
        boolean asAsked = settings.equals(submitted.getSampling());
        return new ValidPrompt(
                asAsked
                        ? submitted
                        : submitted.toBuilder().setSampling(settings).build());
    }

    @Override
    public String jobId() {
        return submitted.getJobId();
    }

    @Override
    public List<Failure> problems() {
        return List.of();
    }

    /** As it was submitted, its settings completed by the model's rules. */
    public PromptSubmitted event() {
        return submitted;
    }
}
