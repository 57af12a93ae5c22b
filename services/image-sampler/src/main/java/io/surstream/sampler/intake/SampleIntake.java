package io.surstream.sampler.intake;

import io.opentelemetry.api.common.Attributes;
import io.surstream.contract.JobId;
import io.surstream.contract.failure.Failures;
import io.surstream.metrics.WorkPart;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.tensors.TensorException;
import io.surstream.tensors.TensorReader;
import io.surstream.torch.FloatTensor;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides at the door whether an encoded prompt can be sampled; names everything that is wrong with it at once. */
public final class SampleIntake {
    /** The name of this service in failures and timings. */
    public static final String STAGE = "image-sampler";

    private final ModelLimits limits;
    private final TensorReader tensors;

    /** @param tensors also fetches those that come by reference */
    public SampleIntake(ModelLimits limits, TensorReader tensors) {
        this.limits = limits;
        this.tensors = tensors;
    }

    /** An event of the topic. */
    public Intake accept(PromptEncoded event) {
        String id = event.getJobId();
        if (!JobId.isValid(id)) {
            return new Refusal(id, failure("INVALID_ARGUMENT", "job_id", id, JobId.LIMIT, "must be " + JobId.LIMIT));
        }
        return switch (event.getOutcomeCase()) {
            case ENCODED -> accept(id, event.getEncoded(), Optional.empty());
            case FAILURE -> new Refusal(id, event.getFailure());
            case OUTCOME_NOT_SET ->
                new Refusal(
                        id,
                        failure("INVALID_ARGUMENT", "encoded", "", "set", "must be set: there is nothing to sample"));
        };
    }

    /** A request whose answer goes back to the caller. */
    public Intake accept(SampleRequest request) {
        return accept(
                "",
                request.getPrompt(),
                request.hasInitialLatents() ? Optional.of(request.getInitialLatents()) : Optional.empty());
    }

    private Intake accept(String id, EncodedPrompt prompt, Optional<Tensor> initialLatents) {
        if (!prompt.getModelRevision().equals(limits.revision())) {
            return new Refusal(id, mismatch(prompt.getModelRevision()));
        }
        return WorkPart.TEXT_CONDITION.of(Attributes.empty(), () -> read(id, prompt, initialLatents));
    }

    private Intake read(String id, EncodedPrompt prompt, Optional<Tensor> initialLatents) {
        List<Failure> problems = new ArrayList<>();
        SettingsReader.problems(prompt.getSampling(), limits).forEach(problem -> problems.add(failure(problem)));
        FloatTensor embeds = embeds("prompt_embeds", prompt.getPromptEmbeds(), problems);
        FloatTensor negative = embeds("negative_prompt_embeds", prompt.getNegativePromptEmbeds(), problems);
        FloatTensor latents = initialLatents
                .map(tensor -> read("initial_latents", tensor, problems))
                .orElse(null);
        if (problems.isEmpty()) {
            try {
                Sampling sampling = SettingsReader.read(prompt.getSampling());
                return new SampleJob(
                        id, prompt, new DenoisingJob(embeds, negative, sampling, Optional.ofNullable(latents)));
            } catch (IllegalArgumentException e) {
                problems.add(invalid("", e));
            }
        }
        return new Refusal(id, Failures.joined(problems));
    }

    private Failure mismatch(String revision) {
        return failure(
                "MODEL_MISMATCH",
                "model_revision",
                revision,
                limits.revision(),
                "must be " + limits.revision() + ", the base model of this sampler, but is '" + revision
                        + "': run prompt-encoder and image-sampler with the same surstream.model");
    }

    private FloatTensor embeds(String field, Tensor tensor, List<Failure> problems) {
        FloatTensor embeds = read(field, tensor, problems);
        if (embeds == null) {
            return null;
        }
        long[] shape = embeds.shape();
        if (shape.length != 3 || shape[0] != 1 || shape[2] != limits.embedWidth()) {
            problems.add(shapeProblem(field, embeds, new long[] {1, 77, limits.embedWidth()}));
        }
        return embeds;
    }

    private FloatTensor read(String field, Tensor tensor, List<Failure> problems) {
        try {
            return tensors.read(field, tensor);
        } catch (IllegalArgumentException e) {
            problems.add(invalid(field, e));
            return null;
        }
    }

    /** Tensors that do not fit together, in the words of whoever found out. */
    public static Failure invalid(String field, IllegalArgumentException error) {
        return Failure.newBuilder()
                .setType(error instanceof TensorException tensor ? tensor.type() : "INVALID_ARGUMENT")
                .setField(field)
                .setMessage(error.getMessage())
                .setStage(STAGE)
                .build();
    }

    private static Failure shapeProblem(String field, FloatTensor tensor, long[] wanted) {
        String shape = Arrays.toString(tensor.shape());
        String limit = "shape " + Arrays.toString(wanted);
        return failure("INVALID_ARGUMENT", field, shape, limit, "must have " + limit + " but has " + shape);
    }

    private static Failure failure(SamplingProblem problem) {
        String type = problem.field().equals("scheduler") ? "UNKNOWN_SCHEDULER" : "INVALID_ARGUMENT";
        return Failure.newBuilder()
                .setType(type)
                .setField("sampling." + problem.field())
                .setValue(problem.value())
                .setLimit(problem.limit())
                .setMessage("sampling." + problem.message())
                .setStage(STAGE)
                .build();
    }

    private static Failure failure(String type, String field, String value, String limit, String predicate) {
        return Failure.newBuilder()
                .setType(type)
                .setField(field)
                .setValue(value)
                .setLimit(limit)
                .setMessage(field + " " + predicate)
                .setStage(STAGE)
                .build();
    }
}
