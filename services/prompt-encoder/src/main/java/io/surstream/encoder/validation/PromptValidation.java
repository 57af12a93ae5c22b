package io.surstream.encoder.validation;

import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.contract.prompt.ParsedPrompt;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.contract.prompt.ValidPrompt;
import io.surstream.encoder.adapter.AdapterSource.AdapterFailure;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides before any work whether a prompt can be encoded and sampled; names all its problems. The
 * contract's rules say what is valid; that there is an adapter of the name is known here alone.
 */
public final class PromptValidation {
    /** The name of this service in failures and timings. */
    public static final String STAGE = ServiceName.PROMPT_ENCODER.label();

    private final PromptRules rules;

    /** @param rules of operator and base model */
    public PromptValidation(PromptRules rules) {
        this.rules = rules;
    }

    /** A separate job: it must have an id. */
    public PromptOutcome acceptJob(PromptSubmitted submitted, Adapters adapters) {
        return accept(ValidPrompt.job(submitted, rules), submitted.getAdapter(), adapters);
    }

    /** A request whose answer goes back to the caller: it needs no id. */
    public PromptOutcome acceptRequest(PromptSubmitted submitted, Adapters adapters) {
        return accept(ValidPrompt.request(submitted, rules), submitted.getAdapter(), adapters);
    }

    private static PromptOutcome accept(ParsedPrompt parsed, AdapterChoice choice, Adapters adapters) {
        Optional<Failure> unknown = unknown(choice.getAdapter(), adapters);
        if (parsed instanceof ValidPrompt valid && unknown.isEmpty()) {
            return job(valid.event());
        }
        List<Failure> problems = new ArrayList<>(parsed.problems());
        unknown.filter(failure ->
                        problems.stream().noneMatch(known -> known.getField().equals(failure.getField())))
                .ifPresent(problems::add);
        return new PromptFailure(parsed.jobId(), Failures.joined(STAGE, problems));
    }

    private static PromptJob job(PromptSubmitted valid) {
        SamplingSettings.Builder sampling = valid.getSampling().toBuilder();
        if (!sampling.hasSeed()) {
            sampling.setSeed(JobSeed.of(valid.getJobId()));
        }
        AdapterChoice adapter = valid.getAdapter();
        return new PromptJob(
                valid.getJobId(),
                valid.getPrompt(),
                valid.getNegativePrompt(),
                sampling.build(),
                adapter.getAdapter(),
                adapter.hasAdapterWeight() ? adapter.getAdapterWeight() : null,
                valid.getTruncate());
    }

    private static Optional<Failure> unknown(String name, Adapters adapters) {
        Optional<AdapterFailure> failure = adapters.failure(name);
        if (failure.isPresent()) {
            return Optional.of(Failures.of(
                    failure.get().type(), "adapter", name, "", failure.get().reason()));
        }
        if (adapters.knows(name)) {
            return Optional.empty();
        }
        String known = "one of " + String.join(", ", adapters.names());
        return Optional.of(Failures.of(
                FailureType.UNKNOWN_ADAPTER,
                "adapter",
                name,
                known,
                "adapter must be " + known + " but is '" + Failures.shown(name) + "'"));
    }
}
