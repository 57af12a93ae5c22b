package io.surstream.encoder.intake;

import io.surstream.contract.JobId;
import io.surstream.contract.failure.Failures;
import io.surstream.encoder.encode.AdapterSource.Trouble;
import io.surstream.encoder.encode.Adapters;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides at the door whether a prompt can be encoded and sampled; names everything that is wrong with it at once. */
public final class PromptIntake {
    /** The name of this service in failures and timings. */
    public static final String STAGE = "prompt-encoder";

    private static final int MOST_OF_VALUE = 200;

    private final SettingsRules rules;
    private final int maxPromptLength;

    /** @param maxPromptLength most characters of a prompt or a negative prompt */
    public PromptIntake(SettingsRules rules, int maxPromptLength) {
        this.rules = rules;
        this.maxPromptLength = maxPromptLength;
    }

    /** A job of its own: it must have an id. */
    public Intake acceptJob(PromptSubmitted submitted, Adapters adapters) {
        return accept(submitted, adapters, true);
    }

    /** A request whose answer goes back to the caller: it needs no id. */
    public Intake acceptRequest(PromptSubmitted submitted, Adapters adapters) {
        return accept(submitted, adapters, !submitted.getJobId().isEmpty());
    }

    private Intake accept(PromptSubmitted submitted, Adapters adapters, boolean withId) {
        List<Failure> problems = new ArrayList<>();
        if (withId) {
            checkJobId(submitted.getJobId(), problems);
        }
        checkPrompt(submitted, problems);
        problems.addAll(rules.problems(submitted.getSampling()));
        checkAdapter(submitted.getAdapter(), adapters, problems);
        return problems.isEmpty() ? job(submitted) : new Refusal(submitted.getJobId(), Failures.joined(problems));
    }

    private PromptJob job(PromptSubmitted submitted) {
        SamplingSettings.Builder sampling = rules.complete(submitted.getSampling()).toBuilder();
        if (!sampling.hasSeed()) {
            sampling.setSeed(JobSeed.of(submitted.getJobId()));
        }
        AdapterChoice adapter = submitted.getAdapter();
        return new PromptJob(
                submitted.getJobId(),
                submitted.getPrompt(),
                submitted.getNegativePrompt(),
                sampling.build(),
                adapter.getAdapter(),
                adapter.hasAdapterWeight() ? adapter.getAdapterWeight() : null,
                submitted.getTruncate());
    }

    private static void checkJobId(String id, List<Failure> problems) {
        if (!JobId.isValid(id)) {
            problems.add(failure("INVALID_ARGUMENT", "job_id", id, JobId.LIMIT, "job_id must be " + JobId.LIMIT));
        }
    }

    private void checkPrompt(PromptSubmitted submitted, List<Failure> problems) {
        if (submitted.getPrompt().isBlank()) {
            problems.add(failure(
                    "INVALID_ARGUMENT",
                    "prompt",
                    submitted.getPrompt(),
                    "at least one character that is not white space",
                    "prompt must not be empty: say what to draw"));
        }
        checkText("prompt", submitted.getPrompt(), problems);
        checkText("negative_prompt", submitted.getNegativePrompt(), problems);
    }

    private void checkText(String field, String text, List<Failure> problems) {
        PromptText.faultOf(text, maxPromptLength)
                .ifPresent(fault -> problems.add(
                        failure("INVALID_ARGUMENT", field, text, fault.limit(), field + " " + fault.predicate())));
    }

    private static void checkAdapter(AdapterChoice choice, Adapters adapters, List<Failure> problems) {
        Optional<Trouble> trouble = adapters.trouble(choice.getAdapter());
        if (trouble.isPresent()) {
            problems.add(failure(
                    trouble.get().type(),
                    "adapter.adapter",
                    choice.getAdapter(),
                    "",
                    trouble.get().reason()));
        } else if (!adapters.knows(choice.getAdapter())) {
            String known = "one of " + String.join(", ", adapters.names());
            problems.add(failure(
                    "UNKNOWN_ADAPTER",
                    "adapter.adapter",
                    choice.getAdapter(),
                    known,
                    "adapter.adapter must be " + known + " but is '" + shortened(choice.getAdapter()) + "'"));
        }
        float weight = choice.getAdapterWeight();
        if (!(weight >= 0 && weight <= 1)) {
            problems.add(failure(
                    "INVALID_ARGUMENT",
                    "adapter.adapter_weight",
                    String.valueOf(weight),
                    "0..1",
                    "adapter.adapter_weight must be 0..1 but is " + weight));
        }
    }

    private static Failure failure(String type, String field, String value, String limit, String message) {
        return Failure.newBuilder()
                .setType(type)
                .setField(field)
                .setValue(shortened(value))
                .setLimit(limit)
                .setMessage(message)
                .setStage(STAGE)
                .build();
    }

    /** Short enough for an event, and well-formed even where the cut or the sender split a character. */
    private static String shortened(String value) {
        String start = value.length() <= MOST_OF_VALUE ? value : value.substring(0, MOST_OF_VALUE);
        return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
