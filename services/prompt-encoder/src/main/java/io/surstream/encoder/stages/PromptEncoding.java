package io.surstream.encoder.stages;

import io.surstream.encoder.adapter.AdapterSource;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.encode.EncodeStage;
import io.surstream.encoder.validation.PromptFailure;
import io.surstream.encoder.validation.PromptJob;
import io.surstream.encoder.validation.PromptOutcome;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.PromptSubmitted;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The stages between the edges: validation, then encode. Thread-safe. */
public final class PromptEncoding {
    private final PromptValidation validation;
    private final EncodeStage stage;
    private final AdapterSource adapters;

    /** @param adapters asked once a batch, so that a swap happens between two of them */
    public PromptEncoding(PromptValidation validation, EncodeStage stage, AdapterSource adapters) {
        this.validation = validation;
        this.stage = stage;
        this.adapters = adapters;
    }

    /** Jobs from the topic, which must have ids. One result each, in order. */
    public List<EncodeResult> encodeJobs(List<PromptSubmitted> jobs) {
        return encode(jobs, validation::acceptJob);
    }

    /** One request whose answer goes straight back. */
    public EncodeResult encodeRequest(PromptSubmitted request) {
        return encode(List.of(request), validation::acceptRequest).get(0);
    }

    private List<EncodeResult> encode(
            List<PromptSubmitted> prompts, BiFunction<PromptSubmitted, Adapters, PromptOutcome> door) {
        Set<String> asked =
                prompts.stream().map(prompt -> prompt.getAdapter().getAdapter()).collect(Collectors.toSet());
        try (Adapters now = adapters.take(asked)) {
            return encode(prompts, door, now);
        }
    }

    private List<EncodeResult> encode(
            List<PromptSubmitted> prompts, BiFunction<PromptSubmitted, Adapters, PromptOutcome> door, Adapters now) {
        List<PromptOutcome> outcomes =
                prompts.stream().map(prompt -> door.apply(prompt, now)).toList();
        List<PromptJob> jobs = outcomes.stream()
                .filter(PromptJob.class::isInstance)
                .map(PromptJob.class::cast)
                .toList();
        Iterator<EncodeResult> encoded = jobs.isEmpty()
                ? List.<EncodeResult>of().iterator()
                : stage.encode(jobs, now).iterator();
        List<EncodeResult> results = new ArrayList<>(prompts.size());
        for (PromptOutcome accepted : outcomes) {
            results.add(accepted instanceof PromptFailure refusal ? refused(refusal) : encoded.next());
        }
        return results;
    }

    private static EncodeResult refused(PromptFailure refusal) {
        return EncodeResult.newBuilder()
                .setJobId(refusal.jobId())
                .setFailure(refusal.failure())
                .build();
    }
}
